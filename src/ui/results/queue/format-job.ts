import type { Sum } from '../../../core/cost/cost.ts'
import { exactTime } from '../../../core/events/clock-time.ts'
import type { QueuedJob } from '../../../core/queue/queued-job.ts'
import { sayFoundBad } from '../../../core/queue/found-bad.ts'
import { sayCounts } from '../../../core/queue/say-counts.ts'
import { nodeNames, sayTaskEvent } from '../../../core/queue/say-event.ts'
import { sayWhy } from '../../../core/queue/say-why.ts'
import type { TaskEvent } from '../../../core/queue/task-event.ts'
import type { AttemptView, TaskState } from '../../../core/queue/task-view.ts'
import { sanitise } from '../../sanitise.ts'
import { table } from '../../table.ts'
import type { Theme } from '../../theme.ts'
import { showDuration } from '../../units.ts'
import { showSum } from '../money.ts'
import { facts } from '../result-line.ts'
import type { ShownTask } from './format-why.ts'

interface Cost {
  readonly hours: number
  readonly usd: Sum
}

export interface ShownJob {
  readonly job: QueuedJob
  readonly tasks: Readonly<Partial<Record<TaskState, number>>>
  readonly cost: { readonly paid: Cost; readonly failed: Cost } | null
  readonly retryFirst: readonly string[]
  readonly shown: readonly ShownTask[]
  readonly history: readonly TaskEvent[]
}

interface View {
  readonly theme: Theme
  readonly now: number
  readonly cloud: string
  readonly columns?: number | undefined
}

/** So many tasks of an array are listed. */
const MOST = 50

/** The whole of `muster job`: what was submitted, where it stands, and of one task its attempts and its history. */
export function formatJob({ job, tasks, cost, retryFirst, shown, history }: ShownJob, view: View): string[] {
  const clock = (at: number) => exactTime(at, Math.abs(at - view.now) / 1000)
  const one = shown.length === 1 ? shown[0]! : null
  const title = view.theme.strong(sanitise(one?.name ?? job.id))
  const submitted = [...jobFacts(job, tasks, clock), ...costFacts(cost, view.cloud)]
  if (one === null) return [title, ...facts(submitted, view.theme), '', ...taskTable(shown, view, clock)]
  const { words, next } = sayWhy(one.name, one.view, one.reason, clock, { retryFirst })
  const stands = [
    ['why', `${words}${sayFoundBad(one.bad, clock)}`] as const,
    ...(next === null ? [] : [['next', next] as const]),
  ]
  return [
    title,
    ...facts([...submitted, ...stands], view.theme),
    ...(one.view.attempts.length === 0 ? [] : ['', ...attemptTable(one.view.attempts, view, clock)]),
    '',
    ...history.map((event) => sanitise(`  ${clock(event.at)}  ${sayTaskEvent(event, clock)}`)),
  ]
}

function jobFacts(
  job: QueuedJob,
  tasks: ShownJob['tasks'],
  clock: (at: number) => string,
): (readonly [string, string])[] {
  const { spec, array, atOnce, after, priority, retries } = job
  const size = `${spec.nodes} x ${spec.tasksPerNode} on ${job.fleet}${job.share ? ', nodes shared' : ''}`
  const indices = array === null ? '' : `, ${array.length} tasks${atOnce === null ? '' : `, ${atOnce} at once`}`
  const matrix = job.matrix.map(({ name, values }) => `${name}=${values.join(',')}`)
  return [
    ['name', spec.name],
    ['state', sayCounts(tasks, array !== null)],
    ['size', `${spec.launcher}, ${size}${indices}`],
    ['command', spec.program.kind === 'argv' ? spec.program.words.join(' ') : spec.program.text.trim()],
    ...(matrix.length === 0 ? [] : [['matrix', matrix.join(' ')] as const]),
    ...(after.length === 0 ? [] : [['after', after.map((one) => `${one.job}:${one.on}`).join(', ')] as const]),
    ...(priority === 0 ? [] : [['priority', String(priority)] as const]),
    ['retries', `${retries.exit} after failing, ${retries.node} after a node, ${retries.spot} after Spot`],
    ...(spec.timeLimitS === null ? [] : [['limit', showDuration(spec.timeLimitS * 1000)] as const]),
    ['submitted', clock(job.submittedAt)],
  ]
}

function costFacts(cost: ShownJob['cost'], cloud: string): (readonly [string, string])[] {
  if (cost === null) return []
  const hours = `${cost.paid.hours.toFixed(2)} node hours`
  const failed = cost.failed.hours === 0 ? '' : `, of which failed ${showSum(cost.failed.usd)}`
  const free = cloud === 'sandbox' ? ' (on AWS; the sandbox is free)' : ''
  return [['cost', `${showSum(cost.paid.usd)} for ${hours}${failed}${free}`]]
}

function taskTable(shown: readonly ShownTask[], view: View, clock: (at: number) => string): string[] {
  const rows = shown
    .slice(0, MOST)
    .map((task) => [
      task.name.slice(task.name.lastIndexOf('.') + 1),
      task.view.state,
      String(task.view.attempts.length),
      sayWhy(task.name, task.view, task.reason, clock).words,
    ])
  const columns = [{ title: 'TASK' }, { title: 'STATE' }, { title: 'ATTEMPTS' }, { title: 'WHY', flexible: true }]
  const more = shown.length - rows.length
  return [...table(columns, rows, view.columns), ...(more === 0 ? [] : [`and ${more} more: muster job ID.TASK`])]
}

function attemptTable(attempts: readonly AttemptView[], view: View, clock: (at: number) => string): string[] {
  const rows = attempts.map((one) => [
    String(one.attempt),
    one.outcome ?? 'under way',
    one.exitCode === null ? '-' : String(one.exitCode),
    clock(one.placedAt),
    showDuration((one.endedAt ?? view.now) - (one.startedAt ?? one.placedAt)),
    nodeNames(one.nodes),
    one.message,
  ])
  const titles = ['ATTEMPT', 'OUTCOME', 'EXIT', 'PLACED', 'TOOK', 'NODES', 'WHY']
  return table(
    titles.map((title) => ({ title, flexible: title === 'WHY' || title === 'NODES' })),
    rows,
    view.columns,
  ).map((line) => `  ${line}`.trimEnd())
}
