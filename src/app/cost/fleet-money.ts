import { spentOn } from '../../core/cost/standing.ts'
import { costNow, spentSoFar } from '../../core/cost/fleet-cost.ts'
import { isUp, type ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetMoney } from '../results/status.ts'
import type { Services } from '../services.ts'
import { knownPaid } from './known-paid.ts'
import { knownStoragePrices, pricesAsBought } from './known-prices.ts'

/** What each fleet costs an hour now, and has cost since its launch: each price is asked for once. */
export async function fleetMoney(
  fleets: readonly ObservedFleet[],
  region: string,
  services: Services,
): Promise<ReadonlyMap<string, FleetMoney>> {
  const nodes = fleets.flatMap((fleet) => fleet.nodes.filter(isUp))
  const disks = fleets.flatMap((fleet) => fleet.storage)
  const [priceOf, storagePriceOf] = await Promise.all([
    pricesAsBought(nodes, region, services),
    knownStoragePrices(disks, region, services),
  ])
  const { account } = await services.identity.whoAmI()
  const paid = await knownPaid(account, services)
  const now = services.clock.now()
  return new Map(
    fleets.map((fleet) => {
      const { parts, usdPerHour } = costNow(fleet, priceOf, storagePriceOf)
      const spentUsd = spentSoFar(fleet, priceOf, now, storagePriceOf)
      return [fleet.name, { parts, usdPerHour, spentUsd, totalUsd: spentOn(paid, new Set([fleet.name]), now) }]
    }),
  )
}
