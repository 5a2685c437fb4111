import type { LeftOut } from '../../core/capacity/left-out.ts'
import type { QuotaCheck } from '../../core/capacity/quota.ts'
import type { Rung } from '../../core/capacity/rung.ts'
import type { Cost } from '../../core/cost/cost.ts'
import type { WorstCase } from '../../core/cost/worst-case.ts'
import type { PlannedInterface } from '../../core/fleet/network-layout.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { JobSpec } from '../../core/job/spec.ts'
import type { ExpectedTimes } from '../../core/plan/expected-times.ts'
import type { ScaleState } from './scale.ts'

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

export interface ScalePlan extends PlanBase {
  readonly goal: 'scale'
  readonly before: ScaleState
  readonly after: ScaleState
}
