import type { QueuedJob, TaskKey } from '../core/queue/queued-job.ts'
import type { TaskEvent } from '../core/queue/task-event.ts'
import type { TaskState, TaskView } from '../core/queue/task-view.ts'

/**
 * What is wanted of jobs: the queue. Many musters may use one store at once. It is written so that a shared one with conditional
 * writes fits under it: every write is of one job or one task, or of independent ones; nothing is locked between calls.
 */
export interface JobStore {
  /**
   * Adds jobs with all their tasks: all of them or, whatever happens meanwhile, none. A job that is there already is left as it is.
   */
  submit(jobs: readonly QueuedJob[], first: TaskEvent): Promise<void>
  /** Null where there is none. */
  job(id: string): Promise<QueuedJob | null>
  /** Jobs, the newest first. */
  jobs(filter: JobFilter): Promise<readonly JobSummary[]>
  /** All tasks of these states of all jobs, those of one job in the order of its array. */
  tasks(filter: TaskFilter): Promise<readonly StoredTask[]>
  /** How many of a job's tasks are in each state; null where there is no such job. */
  counts(job: string): Promise<Readonly<Partial<Record<TaskState, number>>> | null>
  /** Null where there is no such task. */
  task(key: TaskKey): Promise<StoredTask | null>
  /** Its whole history, the oldest first; empty where there is no such task. */
  history(key: TaskKey): Promise<readonly TaskEvent[]>
  /**
   * Adds events to histories, each where the task is still at the version that the writer saw; the others are left alone. Resolves
   * with those that were written. With a lease it throws LeaseLost where another holds it by now (fencing): nothing is written then.
   */
  append(changes: readonly Change[], lease: Lease | null): Promise<readonly Change[]>
  /** A number that is another once other musters have written; cheap enough to be asked several times a second. */
  revision(): Promise<number>
  /** Takes a lease that is free or has run out, or null; `token` grows with every holder. */
  lease(name: string, holder: string, forMs: number, now: number): Promise<Lease | null>
  /** Prolongs one's own; null where another holds it by now. */
  renew(lease: Lease, forMs: number, now: number): Promise<Lease | null>
  release(lease: Lease): Promise<void>
  /** Who holds it; null where it is free. */
  holder(name: string, now: number): Promise<Lease | null>
  /** Small facts of others: quarantined nodes, when a fleet was last scaled. Null where there is none. */
  note(key: string): Promise<string | null>
  /** Null takes it away. */
  setNote(key: string, value: string | null): Promise<void>
  close(): void
}

export interface StoredTask {
  readonly key: TaskKey
  readonly view: TaskView
}

export interface Change {
  readonly key: TaskKey
  readonly event: TaskEvent
  /** `view.version` of what the writer saw. */
  readonly expects: number
}

export interface JobFilter {
  /** Null takes all fleets. */
  readonly fleet: string | null
  /** Only jobs with tasks of these states; null takes all. */
  readonly states: readonly TaskState[] | null
  /** At most so many. */
  readonly limit: number
}

export interface TaskFilter {
  readonly fleet: string | null
  readonly states: readonly TaskState[] | null
  readonly job: string | null
}

/** A job with how many of its tasks are in each state. */
export interface JobSummary {
  readonly job: QueuedJob
  readonly counts: Readonly<Partial<Record<TaskState, number>>>
  /** Milliseconds since the epoch; null while one has not ended. */
  readonly endedAt: number | null
}

/** The right to act alone. Whoever was slow finds that its token is old. */
export interface Lease {
  readonly name: string
  readonly holder: string
  readonly token: number
  /** Milliseconds since the epoch. */
  readonly until: number
}
