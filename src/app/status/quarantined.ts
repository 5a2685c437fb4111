import { isUp, type ObservedFleet, type ObservedNode } from '../../core/fleet/observed.ts'
import { isQuarantined } from '../../core/fleet/quarantine.ts'
import { pricesAsBought } from '../cost/known-prices.ts'
import type { QuarantinedNode } from '../results/status.ts'
import type { Services } from '../services.ts'

/** The nodes of each fleet that are up and quarantined, with why, since when, and what they cost; no price is asked for where there is none. */
export async function quarantinedNodes(
  fleets: readonly ObservedFleet[],
  region: string,
  services: Services,
): Promise<ReadonlyMap<string, readonly QuarantinedNode[]>> {
  const bad = new Map(
    fleets.map(({ name, nodes }) => [name, nodes.filter((node) => isUp(node) && isQuarantined(node))]),
  )
  const priceOf = await pricesAsBought([...bad.values()].flat(), region, services)
  const described = ({ id, instanceType, purchase, zone, mark }: ObservedNode): QuarantinedNode => ({
    id,
    by: mark?.by ?? 'hand',
    since: mark?.since ?? 0,
    why: mark?.why ?? '',
    usdPerHour: priceOf(instanceType, { purchase, zone })?.usdPerHour ?? null,
  })
  return new Map([...bad].map(([name, nodes]) => [name, nodes.map(described)]))
}
