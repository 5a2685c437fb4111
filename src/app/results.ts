import type { JobPhase } from '../core/job/record.ts'

/** What use cases return: plain data, the document behind `--json`. Times in milliseconds. */
export interface PhaseTime {
  readonly name: string
  readonly ms: number
}

export interface RaiseResult {
  readonly fleet: string
  readonly instanceType: string
  readonly nodes: readonly { readonly name: string; readonly id: string; readonly ip: string; readonly zone: string }[]
  /** True where it was up already. */
  readonly warm: boolean
  readonly phases: readonly PhaseTime[]
}

export interface TakeDownResult {
  readonly fleet: string
  /** What the API still shows of each kind: all zeros. */
  readonly proof: Readonly<
    Record<'instances' | 'file systems' | 'templates' | 'placement groups' | 'security groups', number>
  >
  readonly nodes: number
  readonly ms: number
}

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

export interface StatusResult {
  readonly cloud: string
  readonly region: string
  readonly account: string
  readonly fleets: readonly FleetStatus[]
  readonly jobs: readonly JobStatus[]
}

export interface FleetStatus {
  readonly name: string
  readonly state: 'ready' | 'raising' | 'ending' | 'broken' | 'leftovers'
  readonly instanceType: string | null
  readonly nodes: readonly {
    readonly name: string
    readonly id: string
    readonly ip: string | null
    readonly zone: string
    readonly state: string
    readonly since: number
  }[]
  readonly storage: readonly { readonly id: string; readonly state: string; readonly capacityGiB: number }[]
}

export interface JobStatus {
  readonly id: string
  readonly name: string
  readonly fleet: string
  /** `lost` where it had not ended and none of its nodes is left. */
  readonly phase: JobPhase | 'unknown' | 'lost'
  readonly exitCode: number | null
  readonly submittedAt: number
}
