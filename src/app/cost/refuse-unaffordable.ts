import { overLimit } from '../../core/cost/check-limits.ts'
import { sumOf, times, type Sum } from '../../core/cost/cost.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { Price } from '../../core/cost/fleet-cost.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import { hasLimits } from '../../core/fleet/limits.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { mostHours } from '../../core/job/most-hours.ts'
import type { JobSpec } from '../../core/job/spec.ts'
import { fitTypes } from '../capacity/fit-types.ts'
import type { Services } from '../services.ts'
import { knownPrices, knownSpotPrices } from './known-prices.ts'

/** What a job of the queue asks for. */
export interface AskedJob {
  readonly spec: JobSpec
  readonly fleet: FleetSpec
  readonly queue: { readonly share: boolean }
}

/** What was spent is no reason: a limit may be raised by the time that the job's turn comes. */
const NOTHING_YET: Sum = { total: 0, known: 0 }

/**
 * Refuses a job of which not even one task could ever be run within the limits of its fleet and project, at the lowest price of all
 * ways to get its nodes: nodes x time limit x price.
 *
 * @throws MusterError LimitExceeded.
 */
export async function refuseUnaffordable({ spec, fleet, queue }: AskedJob, services: Services): Promise<void> {
  if (!hasLimits(fleet)) return
  const { wanted, types } = await fitTypes(fleet, services, spec.tasksPerNode)
  const prices = await pricesOf(wanted, types, services)
  const cores = types[0]?.cores ?? spec.tasksPerNode
  const nodes = queue.share ? Math.min(1, spec.tasksPerNode / cores) : spec.nodes
  const spending = {
    usdPerHour: sumOf([times(prices.onDemand, spec.nodes)]),
    jobUsdPerHour: sumOf([times(prices.least, nodes)]),
    spentUsd: NOTHING_YET,
    jobHours: mostHours(spec),
  }
  const over =
    overLimit(fleet.limits, { ...spending, fleet: fleet.name }) ??
    (fleet.project && overLimit(fleet.project.limits, { ...spending, fleet: null }))
  if (!over) return
  const { message, suggestions } = over
  throw new MusterError('LimitExceeded', `job ${spec.name} could never be run: ${message}`, { suggestions })
}

interface NodePrices {
  /** At which launches are counted, however the node is bought in the end. */
  readonly onDemand: number | null
  /** Of all ways to get one. */
  readonly least: number | null
}

/** Of one node, in US dollars an hour; null where no price is known. */
async function pricesOf(
  { capacity, zones }: FleetSpec,
  types: readonly InstanceFacts[],
  services: Services,
): Promise<NodePrices> {
  const { region } = await services.identity.whoAmI()
  const names = types.map((type) => type.instanceType)
  const [priceOf, spotOf] = await Promise.all([
    knownPrices(names, region, services),
    knownSpotPrices(capacity.includes('spot') ? names : [], region, services),
  ])
  const listed = names.map((name) => priceOf(name))
  const spot = types.flatMap((type) => (zones ?? type.zones).map((zone) => spotOf(type.instanceType, zone)))
  const onDemand = least(listed)
  if (capacity.includes('capacity-block')) return { onDemand, least: 0 }
  return { onDemand, least: least(capacity.some((way) => way !== 'spot') ? [...listed, ...spot] : spot) }
}

function least(prices: readonly (Price | null)[]): number | null {
  const known = prices.flatMap((price) => price?.usdPerHour ?? [])
  return known.length === 0 ? null : Math.min(...known)
}
