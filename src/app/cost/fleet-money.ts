import { costNow, spentSoFar } from '../../core/cost/fleet-cost.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetMoney } from '../results.ts'
import type { Services } from '../services.ts'
import { knownPrices } from './known-prices.ts'

/** What each fleet costs an hour now, and has cost since its launch: each type's price is asked for once. */
export async function fleetMoney(
  fleets: readonly ObservedFleet[],
  region: string,
  services: Services,
): Promise<ReadonlyMap<string, FleetMoney>> {
  const types = fleets.flatMap((fleet) => fleet.nodes.filter(isUp).map((node) => node.instanceType))
  const priceOf = await knownPrices(types, region, services)
  const now = services.clock.now()
  return new Map(
    fleets.map((fleet) => {
      const { parts, usdPerHour } = costNow(fleet, priceOf)
      return [fleet.name, { parts, usdPerHour, spentUsd: spentSoFar(fleet, priceOf, now) }]
    }),
  )
}

const isUp = ({ state }: ObservedFleet['nodes'][number]) => state === 'pending' || state === 'running'
