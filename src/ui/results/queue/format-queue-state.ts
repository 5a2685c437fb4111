import { clockTime } from '../../../core/events/clock-time.ts'
import { sayCounts } from '../../../core/queue/say-counts.ts'
import type { TaskState } from '../../../core/queue/task-view.ts'
import { sanitise } from '../../sanitise.ts'
import { showDuration } from '../../units.ts'
import { count } from '../../../kit/count.ts'

export interface ShownQueue {
  readonly worker: string | null
  readonly since: number | null
  readonly notedAt: number | null
  readonly jobs: number
  readonly tasks: Readonly<Partial<Record<TaskState, number>>>
  readonly fleets: readonly ShownFleet[]
}

interface ShownFleet {
  readonly name: string
  readonly coming: number
  readonly isRemoved: boolean
  readonly blocked: { readonly message: string; readonly until: number } | null
}

/**
 * `queue: worked by laptop/17 for 2h 05m, last heard of 0.4 s ago; 2 jobs (running 3, waiting 17)`, and what is under way with its fleets;
 * nothing where there is no queue.
 */
export function formatQueueState(queue: ShownQueue | null, now: number): string[] {
  if (queue === null) return []
  const { worker, since, notedAt, jobs, tasks, fleets } = queue
  const forHow = since === null ? '' : ` for ${showDuration(now - since)}`
  const heard = notedAt === null ? '' : `, last heard of ${showDuration(now - notedAt)} ago`
  const who = worker === null ? 'nobody works it: muster work --detach' : `worked by ${worker}${forHow}${heard}`
  const states = sayCounts(tasks, true)
  const line = `queue: ${who}; ${count(jobs, 'job')}${states === '' ? '' : ` (${states})`}`
  return ['', ...[line, ...fleets.flatMap((fleet) => underWay(fleet, now))].map(sanitise)]
}

function underWay({ name, coming, isRemoved, blocked }: ShownFleet, now: number): string[] {
  if (isRemoved) return [`  ${name} is being taken down`]
  if (blocked !== null) {
    const again = clockTime(blocked.until, (blocked.until - now) / 1000)
    return [`  ${name} cannot change for now: ${blocked.message}; next try at ${again}`]
  }
  return coming > 0 ? [`  ${name}: ${count(coming, 'node')} coming up`] : []
}
