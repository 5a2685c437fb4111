import { fleetMoney } from '../cost/fleet-money.ts'
import type { Services } from '../services.ts'
import type { FleetWorker } from './fleet-worker.ts'

/** How many more nodes the fleet's limits bear, at the on-demand price of its first type; Infinity where nothing limits it. */
export async function affordableNodes(one: FleetWorker, services: Services): Promise<number> {
  const { perHour, total } = one.spec().limits
  const observed = one.observed()
  if ((perHour === null && total === null) || observed === null) return Infinity
  const { region } = await services.identity.whoAmI()
  const [money, price] = await Promise.all([
    fleetMoney([observed], region, services),
    services.prices.onDemand(one.types()[0]?.instanceType ?? '', region).catch(() => null),
  ])
  const { usdPerHour, spentUsd } = money.get(observed.name)!
  if (total !== null && (spentUsd.known ?? 0) >= total) return 0
  // What nobody can price is not bought under a limit.
  if (perHour === null) return Infinity
  return price === null ? 0 : Math.max(0, Math.floor((perHour - (usdPerHour.known ?? 0)) / price.usdPerHour + 1e-9))
}
