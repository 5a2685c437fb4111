import { buildLadder, type Ladder } from '../../core/capacity/ladder.ts'
import type { Purchase } from '../../core/capacity/rung.ts'
import type { Price } from '../../core/cost/fleet-cost.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { knownPrices, knownSpotPrices } from '../cost/known-prices.ts'
import type { Services } from '../services.ts'

export interface Survey {
  readonly ladder: Ladder
  /** The day that a rung's price is of; null where it has none. */
  readonly priceOf: (purchase: Purchase, instanceType: string, zone: string) => Price | null
}

/** Looks up what a ladder is built of: reservations where they are asked for, prices as far as they can be had. */
export async function surveyLadder(
  wanted: FleetSpec,
  types: readonly InstanceFacts[],
  services: Pick<Services, 'clock' | 'compute' | 'events' | 'identity' | 'prices'>,
): Promise<Survey> {
  const { clock, compute, identity } = services
  const { region } = await identity.whoAmI()
  const names = types.map((facts) => facts.instanceType)
  const sold = types.filter((facts) => facts.purchases.includes('spot')).map((facts) => facts.instanceType)
  const reserves = wanted.capacity.includes('reservation') || wanted.capacity.includes('capacity-block')
  const [onDemand, spot, reservations] = await Promise.all([
    knownPrices(names, region, services),
    knownSpotPrices(wanted.capacity.includes('spot') ? sold : [], region, services),
    reserves ? compute.reservations() : [],
  ])
  const prices = {
    onDemand: (type: string) => onDemand(type)?.usdPerHour ?? null,
    spot: (type: string, zone: string) => spot(type, zone)?.usdPerHour ?? null,
  }
  return {
    ladder: buildLadder({ wanted, types, reservations, prices, now: clock.now() }),
    priceOf: (purchase, type, zone) => (purchase === 'spot' ? spot(type, zone) : onDemand(type)),
  }
}
