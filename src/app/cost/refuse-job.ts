import { overLimit } from '../../core/cost/check-limits.ts'
import { sumOf, times } from '../../core/cost/cost.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { hasLimits } from '../../core/fleet/limits.ts'
import { isUp, type ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { mostHours } from '../../core/job/most-hours.ts'
import type { JobSpec } from '../../core/job/spec.ts'
import type { Services } from '../services.ts'
import { pricesAsBought } from './known-prices.ts'
import { spentBefore } from './spent-before.ts'

type Job = Pick<JobSpec, 'nodes' | 'timeLimitS' | 'prepare'>

/** An hour of what is up already is no question. */
const NOTHING_NEW = sumOf([])

/**
 * Refuses a job on nodes that are up where it may cost more than `perJob`, or `total` is spent: nothing is bought for it, so that nobody
 * else asks. Its nodes count as the dearest of those that are up.
 *
 * @throws MusterError LimitExceeded.
 */
export async function refuseJobAboveLimits(
  job: Job,
  wanted: FleetSpec,
  observed: ObservedFleet,
  services: Services,
): Promise<void> {
  const nodes = observed.nodes.filter(isUp)
  if (!hasLimits(wanted) || nodes.length === 0) return
  const { region } = await services.identity.whoAmI()
  const [priceOf, { own, project }] = await Promise.all([
    pricesAsBought(nodes, region, services),
    spentBefore(wanted, services),
  ])
  const prices = nodes.map((node) => priceOf(node.instanceType, node)?.usdPerHour ?? null)
  const dearest = prices.reduce((most, price) => (most === null || price === null ? null : Math.max(most, price)))
  const spending = {
    usdPerHour: NOTHING_NEW,
    jobUsdPerHour: sumOf([times(dearest, job.nodes)]),
    jobHours: mostHours(job),
  }
  const over =
    overLimit(wanted.limits, { ...spending, fleet: wanted.name, spentUsd: own }) ??
    (wanted.project &&
      project &&
      overLimit(wanted.project.limits, { ...spending, fleet: null, spentUsd: project.spent }))
  if (over) throw new MusterError('LimitExceeded', over.message, { suggestions: over.suggestions })
}
