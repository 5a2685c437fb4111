import type { JobSpec } from './spec.ts'

/** One host of an allocation. */
export interface Host {
  /** Instance id. */
  readonly id: string
  /** `node-0`, `node-1`, ... in rank order: the name that users see and the source of its log. */
  readonly name: string
  readonly ip: string
  readonly slots: number
}

/** What is known of a job when it is started: kept in the bucket as `jobs/<id>/job.json`, so that any laptop can read it. */
export interface JobRecord {
  readonly version: 1
  readonly id: string
  readonly spec: JobSpec
  readonly fleet: string
  readonly hosts: readonly Host[]
  /** For tasks of the queue: a folder that stays for the next attempt, below the folder of all jobs. */
  readonly checkpoint?: string
  /** The batch that it is one of the tasks of: its state is kept there. */
  readonly batch?: string
  /** Milliseconds since the epoch. */
  readonly submittedAt: number
}

/** Tasks of one job that one node was given together; kept as the record of a job of its own name. */
export interface BatchRecord extends JobRecord {
  /** Names of their runs. */
  readonly runs: readonly string[]
}

export const JOB_PHASES = ['staging', 'preparing', 'running', 'collecting', 'done'] as const
export type JobPhase = (typeof JOB_PHASES)[number]

/** What the runner on a node says of itself: `jobs/<id>/state/<host>.json`, rewritten at each change and as a heartbeat. */
export interface RunnerState {
  readonly phase: JobPhase
  /** The program's exit code (128 + signal where a signal ended it); null until it has ended. */
  readonly exitCode: number | null
  /** Why it ended where the program did not simply exit. */
  readonly reason:
    'exited' | 'prepare-failed' | 'time-limit' | 'cancelled' | 'staging-failed' | 'node-lost' | 'node-end' | null
  /** A sentence for the user, such as the node's own error message; may be empty. */
  readonly message: string
  /** Milliseconds since the epoch, by the node's clock. */
  readonly startedAt: number
  readonly updatedAt: number
  /** Final sizes of the streams in bytes; null until both are wholly in the bucket. */
  readonly logBytes: { readonly stdout: number; readonly stderr: number } | null
  /** Size of the outputs archive in bytes; null where there is none (yet). */
  readonly outputBytes: number | null
  /** The first Spot notice among its nodes: which will be taken, and when. */
  readonly notice: { readonly node: string; readonly at: number } | null
}
