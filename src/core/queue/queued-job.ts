import type { FleetSpec } from '../fleet/spec.ts'
import type { JobSpec } from '../job/spec.ts'
import type { Matrix } from './matrix.ts'

/** A job in the queue: one description, one task or many. What happened to each task is its history, not this. */
export interface QueuedJob {
  /** `heat-20261123-143205-k7f2`. */
  readonly id: string
  readonly fleet: string
  /** The fleet as it was described when the job was submitted: whoever works the queue may be in another folder. */
  readonly description: FleetSpec
  /** The AWS account that it is to run in: a store is of one cloud and region. */
  readonly account: string
  /** Where its folder lies in the bucket since it was submitted; null where it has none. */
  readonly archive: string | null
  readonly spec: JobSpec
  /** Null is a job of one task; else the indices of its array, ascending, each at most once. */
  readonly array: readonly number[] | null
  /** The values that its indices stand for; empty where they stand for themselves. */
  readonly matrix: Matrix
  /** How many tasks of the array run at once; null is as many as fit. */
  readonly atOnce: number | null
  /** From -1000 to 1000; higher goes first. */
  readonly priority: number
  readonly after: readonly Dependency[]
  /** Several tasks share one node, each with `spec.tasksPerNode` of its cores. Only jobs of one node. */
  readonly share: boolean
  readonly retries: RetryPolicy
  /** Submitted with `--hold`: its tasks wait until they are released. */
  readonly held: boolean
  /** Milliseconds since the epoch. */
  readonly submittedAt: number
}

/** The job waits for all tasks of another: `ok` where all of them must be done, `any` where it is enough that they have ended. */
export interface Dependency {
  readonly job: string
  readonly on: 'ok' | 'any'
}

/** How often a task is begun again, by why it ended. What the node or AWS did is not the program's fault. */
export interface RetryPolicy {
  /** After an exit code other than 0, or a prepare that failed. */
  readonly exit: number
  /** After a node died, or the task could not be started on it. */
  readonly node: number
  /** After Spot took a node. */
  readonly spot: number
}

export const RETRIES: RetryPolicy = { exit: 0, node: 2, spot: 10 }

/** One task of a job: what is scheduled. */
export interface TaskKey {
  readonly job: string
  /** Its place in the array; null where the job is no array. */
  readonly index: number | null
}

/** `heat-20261123-143205-k7f2.17`: as users write it. */
export function taskName({ job, index }: TaskKey): string {
  return index === null ? job : `${job}.${index}`
}

/** The task of that name; null for text that names none. */
export function parseTaskName(text: string): TaskKey | null {
  const match = /^([a-z0-9][a-z0-9-]*?)(?:\.(\d{1,7}))?$/.exec(text)
  if (!match?.[1]) return null
  return { job: match[1], index: match[2] === undefined ? null : Number(match[2]) }
}

/**
 * What one attempt is called on the nodes and in the bucket. The first of a task has the task's own name, so that its log is found by
 * it; the same attempt has the same name whoever starts it, so that starting it twice starts it once.
 */
export function runName(task: TaskKey, attempt: number): string {
  return attempt <= 1 ? taskName(task) : `${taskName(task)}.a${attempt}`
}

/** All tasks of a job. */
export function tasksOf(job: Pick<QueuedJob, 'id' | 'array'>): TaskKey[] {
  return job.array === null ? [{ job: job.id, index: null }] : job.array.map((index) => ({ job: job.id, index }))
}
