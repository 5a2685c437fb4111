import { worstCase } from '../../core/cost/cost.ts'
import { costOfSpec } from '../../core/cost/fleet-cost.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { efaOfFleet } from '../../core/fleet/efa.ts'
import { isLimited } from '../../core/fleet/limits.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { JobSpec } from '../../core/job/spec.ts'
import { expectedTimes } from '../../core/plan/expected-times.ts'
import { foresee } from '../../core/plan/foresee.ts'
import { planRaise } from '../../core/plan/plan-raise.ts'
import { refuseAboveLimits } from '../cost/approve-spending.ts'
import { knownPrices, knownStoragePrices } from '../cost/known-prices.ts'
import { allowLaunches } from '../fleet/allow-launches.ts'
import { factsInNetwork } from '../fleet/fleet-network.ts'
import { fitFacts } from '../fleet/fit-facts.ts'
import { fitImage } from '../fleet/fit-image.ts'
import { observeFleet } from '../fleet/observe.ts'
import { refuseMismatch } from '../fleet/refuse-mismatch.ts'
import { refuseShortLease } from '../fleet/refuse-short-lease.ts'
import type { RaisePlan } from '../results.ts'
import { checkFit } from '../run/check-fit.ts'
import type { Services } from '../services.ts'
import { plannedAction } from './planned-action.ts'

/** Money that nobody looks after is counted by the day. */
const WORST_CASE_HOURS = 24

/**
 * What raising a fleet (for a job) would do, cost and take, if all went well: planned on what is there now by what plans
 * every raise. Only reads; takes no lock.
 *
 * @throws MusterError what the raise would be refused with.
 */
export async function planFleet(
  wanted: FleetSpec,
  services: Services,
  run: { readonly job: JobSpec; readonly keep: boolean } | null = null,
): Promise<RaisePlan> {
  const { cloud, clock, compute, identity, journal } = services
  refuseShortLease(wanted, cloud)
  const [{ account, region }, offered, network, observed] = await Promise.all([
    identity.whoAmI(),
    fitFacts(wanted, compute),
    compute.network(wanted.network),
    observeFleet(wanted.name, services),
  ])
  if (run) checkFit(run.job, offered)
  refuseMismatch(wanted, observed, efaOfFleet(wanted, offered))
  const facts = factsInNetwork(wanted, offered, network, observed)
  const [now, { deadlines }] = [clock.now(), cloud]
  const decide = (seen: ObservedFleet) =>
    planRaise({ wanted, observed: seen, facts, shortages: [], launched: [], deadlines, now })
  const { failure, waits, converged } = decide(observed)
  if (failure) throw new MusterError(failure.code, failure.message, { suggestions: [`muster down ${wanted.name}`] })
  const actions = foresee(observed, decide)
  if (actions.some((action) => action.kind === 'launch-cohort')) await fitImage(wanted, facts, compute)
  const quotas = await allowLaunches(actions, facts, services)
  if (isLimited(wanted.limits)) {
    await refuseAboveLimits({ wanted, observed, actions, ...(run && { jobHours: hoursOf(run.job) }) }, services)
  }
  const [priceOf, storagePriceOf] = await Promise.all([
    knownPrices([facts.instanceType], region, services),
    knownStoragePrices(wanted.storage?.kind === 'new' ? [wanted.storage] : [], region, services),
  ])
  const cost = costOfSpec(wanted, facts.instanceType, priceOf, storagePriceOf)
  return {
    goal: 'raise',
    cloud: cloud.name,
    region,
    account,
    fleet: wanted.name,
    wanted: {
      instanceType: facts.instanceType,
      nodes: wanted.nodes,
      placement: wanted.placement,
      image: wanted.image,
      storage: wanted.storage,
    },
    zones: facts.zones,
    job: run && jobOf(run),
    actions: actions.map(plannedAction),
    waits,
    converged,
    quotas,
    cost,
    worstCase: { hours: WORST_CASE_HOURS, usd: worstCase(cost, WORST_CASE_HOURS) },
    expected: expectedTimes(actions, waits, cloud.name, journal.past(wanted.name)),
  }
}

const hoursOf = ({ timeLimitS }: JobSpec) => (timeLimitS === null ? null : timeLimitS / 3600)

function jobOf({ job, keep }: { readonly job: JobSpec; readonly keep: boolean }): RaisePlan['job'] {
  const { name, launcher, nodes, tasksPerNode, timeLimitS } = job
  return { name, launcher, nodes, tasksPerNode, timeLimitS, keep }
}
