import type { QuotaCheck } from '../core/capacity/quota.ts'
import type { LeftOut } from '../core/capacity/left-out.ts'
import type { Rung } from '../core/capacity/rung.ts'
import type { Cost, Sum } from '../core/cost/cost.ts'
import type { WorstCase } from '../core/cost/worst-case.ts'
import type { PlannedInterface } from '../core/fleet/network-layout.ts'
import type { FleetSpec } from '../core/fleet/spec.ts'
import type { JobSpec } from '../core/job/spec.ts'
import type { ExpectedTimes } from '../core/plan/expected-times.ts'

export type {
  BakeResult,
  ImageList,
  ImageRemoval,
  StorageList,
  ListedStorage,
  CreatedStorage,
} from './results/images-and-storage.ts'
export type {
  FleetMoney,
  StatusResult,
  FleetStatus,
  JobStatus,
  QuarantinedNode,
  QuarantineResult,
} from './results/status.ts'
export type { SetupPreview, SetupResult, Finding, DoctorResult } from './results/account.ts'

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
  /** When it ends itself if nobody uses it; null where it never does, or where nobody asked. */
  readonly endsAt: number | null
  readonly phases: readonly PhaseTime[]
}

export interface RenewResult {
  readonly fleet: string
  readonly nodes: number
  /** When the first of them ends itself if nothing more comes, in milliseconds since the epoch; null is never. */
  readonly endsAt: number | null
  readonly leftS: number | null
  /** The same whatever comes: for its maximum life, or the fleet's spending limit. */
  readonly mostAt: number | null
  readonly mostS: number | null
}

/** A file system that outlives its fleet. */
export interface KeptStorage {
  readonly id: string
  readonly capacityGiB: number
  /** Why its data could not be exported; null where it is kept as was agreed. */
  readonly why: string | null
  readonly usdPerHour: number | null
}

export interface TakeDownResult {
  readonly fleet: string
  readonly kept: readonly KeptStorage[]
  /** What the API still shows of each kind: all zeros, but for storage that is kept and the security group that it holds. */
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

export interface PlannedAction {
  readonly id: string
  readonly kind: string
  /** With its sign: `+4 hpc7g.16xlarge us-east-1a`. */
  readonly what: string
  readonly reason: string
  readonly dependsOn: readonly string[]
}

interface PlanBase {
  readonly cloud: string
  readonly region: string
  readonly account: string
  readonly fleet: string
  /** All that would be done if all went well, in order. */
  readonly actions: readonly PlannedAction[]
  /** What is being waited for already. */
  readonly waits: readonly string[]
  /** True where nothing is to do. */
  readonly converged: boolean
}

export interface RaisePlan extends PlanBase {
  readonly goal: 'raise'
  readonly wanted: Pick<FleetSpec, 'nodes' | 'placement' | 'image' | 'storage'> & { readonly instanceType: string }
  /** Every network interface of a node that would be launched, the primary one first; none where none is. */
  readonly interfaces: readonly PlannedInterface[]
  /** The ways to get the nodes, in the order in which they would be tried; none where none are needed. */
  readonly rungs: readonly PlannedRung[]
  /** The ways that there are not, and why. */
  readonly leftOut: readonly PlannedLeftOut[]
  readonly job:
    (Pick<JobSpec, 'name' | 'launcher' | 'nodes' | 'tasksPerNode' | 'timeLimitS'> & { readonly keep: boolean }) | null
  /** vCPU quotas that its launches count against, as far as they are known. */
  readonly quotas: readonly QuotaCheck[]
  /** Of the whole fleet when it is up; on AWS, also where the cloud is the sandbox. */
  readonly cost: Cost
  readonly worstCase: WorstCase
  readonly expected: ExpectedTimes
}

export interface PlannedRung extends Rung {
  /** For one node, as `usdPerHour` is; of all nodes together. */
  readonly usdPerHourInAll: number | null
  /** The day that the price is of. */
  readonly asOf: string | null
  /** Why it was refused in the last minutes; null where it was not. */
  readonly refused: string | null
}

export interface PlannedLeftOut extends Pick<LeftOut, 'purchase' | 'instanceType' | 'zone' | 'reservation'> {
  readonly why: string
}

export interface RemovalPlan extends PlanBase {
  readonly goal: 'remove'
}

export interface CohortState {
  readonly name: string
  readonly instanceType: string
  readonly zone: string
  readonly nodes: number
  /** Nodes of it that are to end once no job runs on them. */
  readonly draining: number
  readonly whole: boolean
}

/** How large a fleet is, and what an hour of it costs. */
export interface ScaleState {
  readonly nodes: number
  readonly cohorts: readonly CohortState[]
  readonly usdPerHour: Sum
}

export interface ScaleResult {
  readonly fleet: string
  readonly before: ScaleState
  readonly after: ScaleState
  readonly ms: number
}

/** Something that no fleet claims. */
export interface Leftover {
  readonly region: string
  readonly fleet: string
  /** `instance`, `file system`, `network interface`, ... */
  readonly kind: string
  readonly id: string
  /** Null is unknown; 0 costs nothing. */
  readonly usdPerHour: number | null
  /** Milliseconds since the epoch; null where the cloud does not tell. */
  readonly createdAt: number | null
  /** Why it stays; null where it goes. */
  readonly kept: string | null
}

export interface GcResult {
  readonly cloud: string
  readonly leftovers: readonly Leftover[]
  /** Of all that is listed. */
  readonly usdPerHour: Sum
  readonly removed: boolean
  /** Regions and fleets that could not be looked at or swept, with the reason. */
  readonly skipped: readonly { readonly what: string; readonly reason: string }[]
}

export interface ScalePlan extends PlanBase {
  readonly goal: 'scale'
  readonly before: ScaleState
  readonly after: ScaleState
}
