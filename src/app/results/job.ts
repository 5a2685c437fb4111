import type { PhaseTime } from './fleet.ts'

export type JobOutcome = 'done' | 'failed' | 'cancelled' | 'time-limit' | 'lost' | 'detached'

export interface RunResult {
  readonly job: string
  readonly outcome: JobOutcome
  /** The job's own exit code; what `muster run` exits with. */
  readonly exitCode: number
  /** Why, where it is not `done`: the node's own message, the node that died. */
  readonly message: string
  readonly fleet: string
  readonly kept: boolean
  readonly phases: readonly PhaseTime[]
  readonly results: { readonly folder: string; readonly files: number } | null
}

export interface ResultsResult {
  readonly job: string
  /** The job's own; null where a node never told. */
  readonly exitCode: number | null
  readonly folder: string
  readonly files: number
}
