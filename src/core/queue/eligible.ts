import type { LimitHit } from '../cost/limit-hit.ts'
import type { Waiting } from '../scheduling/input.ts'
import { taskName, type Dependency, type QueuedJob, type TaskKey } from './queued-job.ts'
import { hasEnded, holdsNodes, type TaskState, type TaskView } from './task-view.ts'

/** A task with what it is of. */
export interface QueuedTask {
  readonly key: TaskKey
  readonly view: TaskView
  readonly job: QueuedJob
}

/** How many of a job's tasks are in each state; null for a job that nobody knows. */
export type Counts = Readonly<Partial<Record<TaskState, number>>>

/** Why a task that waits cannot be placed yet, whatever nodes there are. */
export type NotEligible =
  | { readonly kind: 'held' }
  | { readonly kind: 'dependency'; readonly job: string; readonly on: Dependency['on'] }
  /** It waits for a job that can never be done any more. */
  | { readonly kind: 'dependency-failed'; readonly job: string }
  | { readonly kind: 'at-once'; readonly limit: number }
  | { readonly kind: 'not-before'; readonly at: number }
  /** What may be spent is spent. */
  | { readonly kind: 'limit'; readonly hit: LimitHit }

export interface Eligibility {
  readonly waiting: readonly Waiting[]
  /** By task. */
  readonly not: ReadonlyMap<string, NotEligible>
}

/**
 * Which of the tasks could be placed now. `tasks` are all that have not ended, `countsOf` tells how the jobs stand that others wait for.
 * Of an array of which only some run at once the lowest indices go first.
 */
export function eligibleTasks(
  tasks: readonly QueuedTask[],
  countsOf: (job: string) => Counts | null,
  now: number,
): Eligibility {
  const waiting: Waiting[] = []
  const not = new Map<string, NotEligible>()
  const room = new Map<string, number>()
  for (const { job, view } of tasks) {
    if (job.atOnce === null) continue
    const left = room.get(job.id) ?? job.atOnce
    room.set(job.id, holdsNodes(view) ? left - 1 : left)
  }
  for (const task of tasks.toSorted(byIndex)) {
    if (hasEnded(task.view) || holdsNodes(task.view)) continue
    const why = notEligible(task, countsOf, now) ?? overLimit(task, room)
    if (why) not.set(taskName(task.key), why)
    else waiting.push(waitingOf(task))
  }
  return { waiting, not }
}

function notEligible(
  { job, view }: QueuedTask,
  countsOf: (job: string) => Counts | null,
  now: number,
): NotEligible | null {
  if (view.state === 'held') return { kind: 'held' }
  for (const dependency of job.after) {
    const met = isMet(dependency, countsOf(dependency.job))
    if (met === 'never') return { kind: 'dependency-failed', job: dependency.job }
    if (met === 'not-yet') return { kind: 'dependency', ...dependency }
  }
  return view.notBefore > now ? { kind: 'not-before', at: view.notBefore } : null
}

/** True where what is waited for can never be any more, unless it is run again. */
export function isNeverMet(dependency: Dependency, counts: Counts | null): boolean {
  return isMet(dependency, counts) === 'never'
}

/** A job that nobody knows has ended long ago, or was never there: waiting for it would be for ever. */
function isMet({ on }: Dependency, counts: Counts | null): 'met' | 'not-yet' | 'never' {
  if (counts === null) return on === 'any' ? 'met' : 'never'
  const count = (state: TaskState) => counts[state] ?? 0
  const isOpen = count('held') + count('waiting') + count('placed') + count('running') > 0
  const isBad = count('failed') + count('cancelled') + count('time-limit') + count('lost') > 0
  if (on === 'ok' && isBad) return 'never'
  return isOpen ? 'not-yet' : 'met'
}

function overLimit({ job }: QueuedTask, room: Map<string, number>): NotEligible | null {
  if (job.atOnce === null) return null
  const left = room.get(job.id) ?? job.atOnce
  if (left <= 0) return { kind: 'at-once', limit: job.atOnce }
  room.set(job.id, left - 1)
  return null
}

/** A task as the schedule sees it when it waits. */
export function waitingOf({ key, job }: QueuedTask): Waiting {
  const { spec } = job
  return {
    task: taskName(key),
    fleet: job.fleet,
    priority: job.priority,
    submittedAt: job.submittedAt,
    index: key.index ?? 0,
    nodes: spec.nodes,
    cores: job.share ? spec.tasksPerNode : null,
    limitMs: spec.timeLimitS === null ? null : spec.timeLimitS * 1000,
  }
}

function byIndex(a: QueuedTask, b: QueuedTask): number {
  return (a.key.index ?? 0) - (b.key.index ?? 0)
}
