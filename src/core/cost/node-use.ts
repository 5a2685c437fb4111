import type { TaskEvent, TaskOutcome } from '../queue/task-event.ts'
import { runName, type QueuedJob, type TaskKey } from '../queue/queued-job.ts'

/** One node in the hands of one attempt of a task. Times in milliseconds since the epoch. */
export interface NodeUse {
  /** What the attempt is called on its nodes: unique. */
  readonly run: string
  /** Instance id. */
  readonly node: string
  readonly job: string
  /** The task's place in its array; null where the job is no array. */
  readonly index: number | null
  readonly attempt: number
  readonly fleet: string
  /** Cores of the node, where tasks share it; null holds all of it. */
  readonly cores: number | null
  readonly from: number
  /** Null while it holds the node. */
  readonly until: number | null
  readonly outcome: TaskOutcome | null
}

/** What an event of a task's history says of its nodes: that they are taken, or with how it ended that they are free again. */
export type UseChange =
  | { readonly kind: 'taken'; readonly uses: readonly NodeUse[] }
  | { readonly kind: 'free'; readonly run: string; readonly until: number; readonly outcome: TaskOutcome }

/** Null for events that change nothing of it. */
export function useChange(
  key: TaskKey,
  job: Pick<QueuedJob, 'fleet' | 'share' | 'spec'>,
  event: TaskEvent,
): UseChange | null {
  if (event.type === 'placed') {
    const { run, attempt, at: from } = event
    const cores = job.share ? job.spec.tasksPerNode : null
    const held = { run, job: key.job, index: key.index, attempt, fleet: job.fleet, cores, from }
    return { kind: 'taken', uses: event.nodes.map(({ id: node }) => ({ ...held, node, until: null, outcome: null })) }
  }
  if (event.type !== 'attempt-ended') return null
  return { kind: 'free', run: runName(key, event.attempt), until: event.at, outcome: event.outcome }
}
