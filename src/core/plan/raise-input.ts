import type { InstanceFacts } from '../fleet/instance-facts.ts'
import type { ObservedFleet } from '../fleet/observed.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import type { Deadlines } from './deadlines.ts'

/** All that a raise is decided on; nothing else is looked at. */
export interface RaiseInput {
  readonly wanted: FleetSpec
  readonly observed: ObservedFleet
  readonly facts: InstanceFacts
  /** Refusals of this run: how often each zone had no room. */
  readonly shortages: readonly { readonly zone: string; readonly message: string }[]
  /** Launches that the cloud accepted and may not show yet. */
  readonly launched: readonly { readonly cohort: string; readonly at: number }[]
  readonly deadlines: Deadlines
  readonly now: number
}
