import { NO_LADDER, type Ladder } from '../../core/capacity/ladder.ts'
import type { Shortage } from '../../core/capacity/shortage.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Services } from '../services.ts'
import { refuseEmptyLadder } from './refuse-empty-ladder.ts'
import { surveyLadder, type Survey } from './survey-ladder.ts'

/** One raise's way up the ladder: what it is, and what has refused. */
export interface Climb {
  ladder: Ladder
  /** Refusals since the ladder was last begun from its foot. */
  readonly shortages: Shortage[]
  /** Those before, of this command and of others. */
  readonly earlier: Shortage[]
  begun: boolean
  /** Of one node; null where nobody knows. */
  priceOf: Survey['priceOf']
}

export function newClimb(): Climb {
  return { ladder: NO_LADDER, shortages: [], earlier: [], begun: false, priceOf: () => null }
}

/**
 * Looks up the ladder where it has not been begun; prices and reservations are asked for only when nodes are needed.
 *
 * @throws MusterError as `refuseEmptyLadder`.
 */
export async function beginClimb(
  climb: Climb,
  wanted: FleetSpec,
  types: readonly InstanceFacts[],
  services: Services,
): Promise<void> {
  if (climb.begun) return
  const [{ ladder, priceOf }, remembered] = await Promise.all([
    surveyLadder(wanted, types, services),
    climb.earlier.length === 0 ? services.shortages.recent() : [],
  ])
  await refuseEmptyLadder(wanted, types, ladder, services.compute)
  climb.ladder = ladder
  climb.priceOf = priceOf
  climb.earlier.push(...remembered)
  climb.begun = true
}

/** From the foot again: what has refused may be tried again, last. */
export function beginAgain(climb: Climb): void {
  climb.earlier.push(...climb.shortages.splice(0))
  climb.begun = false
}
