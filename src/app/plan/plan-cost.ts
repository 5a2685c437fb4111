import type { Cost } from '../../core/cost/cost.ts'
import { costOfSpec, type Price } from '../../core/cost/fleet-cost.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { knownPrices, knownStoragePrices } from '../cost/known-prices.ts'
import type { PlannedRung } from '../results/plan.ts'
import type { Services } from '../services.ts'

/** What the fleet costs by the rung that is tried first, and by the dearest: where that has no price, the worst case has none. */
export async function costOfPlan(
  wanted: FleetSpec,
  rungs: readonly PlannedRung[],
  observed: ObservedFleet,
  region: string,
  services: Services,
): Promise<{ readonly first: Cost; readonly dearest: Cost }> {
  const [first] = rungs
  const disks = wanted.storage?.kind === 'new' ? [wanted.storage] : []
  const storagePriceOf = await knownStoragePrices(disks, region, services)
  if (first === undefined) {
    const up = typeThatIsUp(observed, wanted)
    const cost = costOfSpec(wanted, up, await knownPrices([up], region, services), storagePriceOf)
    return { first: cost, dearest: cost }
  }
  const costBy = ({ instanceType, usdPerHour, asOf }: PlannedRung) => {
    const price: Price | null = usdPerHour === null ? null : { usdPerHour, asOf: asOf ?? '' }
    return costOfSpec(wanted, instanceType, () => price, storagePriceOf)
  }
  const byPrice = rungs.toSorted((a, b) => (b.usdPerHour ?? Infinity) - (a.usdPerHour ?? Infinity))
  return { first: costBy(first), dearest: costBy(byPrice[0] ?? first) }
}

/** Of a fleet that is up; else the first that it may have. */
export function typeThatIsUp(observed: ObservedFleet, { types }: FleetSpec): string {
  const running = observed.nodes.find(({ state, instanceType }) => state === 'running' && types.includes(instanceType))
  return running?.instanceType ?? types[0] ?? ''
}
