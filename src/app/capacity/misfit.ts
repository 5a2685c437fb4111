import type { UnfitReason } from '../../core/capacity/fit.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'

/** A type that cannot do what the fleet asks for. */
export interface Misfit {
  readonly facts: InstanceFacts
  readonly why: UnfitReason
}
