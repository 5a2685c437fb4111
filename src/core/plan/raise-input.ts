import type { Ladder } from '../capacity/ladder.ts'
import type { Rung } from '../capacity/rung.ts'
import type { Shortage } from '../capacity/shortage.ts'
import type { InstanceFacts } from '../fleet/instance-facts.ts'
import type { ObservedFleet } from '../fleet/observed.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import type { Deadlines } from './deadlines.ts'

export interface MadeSure {
  readonly securityGroup: boolean
  /** The rung that the launch template is for; null where there is none yet. */
  readonly template: Rung | null
}

/** All that a raise is decided on; nothing else is looked at. */
export interface RaiseInput {
  readonly wanted: FleetSpec
  readonly observed: ObservedFleet
  /** Types that will do, whichever of them the cohort has. */
  readonly types: readonly InstanceFacts[]
  readonly ladder: Ladder
  /** Refusals since the ladder was last begun from its foot: these rungs are not tried again. */
  readonly shortages: readonly Shortage[]
  /** Earlier refusals, of this command and of others: these rungs are tried last. */
  readonly earlier: readonly Shortage[]
  /** Launches that the cloud accepted and may not show yet. */
  readonly launched: readonly { readonly cohort: string; readonly at: number }[]
  /** What this raise itself has made sure of: another rung need not do it again. */
  readonly sure?: MadeSure
  /** Copies between storage and S3 that this run began: a failure of theirs is final. */
  readonly begun?: ReadonlySet<string>
  readonly deadlines: Deadlines
  readonly now: number
}
