import { worstCase } from '../../core/cost/worst-case.ts'
import { isMusterError, MusterError } from '../../core/errors/muster-error.ts'
import { factsOf, type InstanceFacts } from '../../core/fleet/instance-facts.ts'
import { wantsEfa } from '../../core/fleet/efa.ts'
import { networkLayout } from '../../core/fleet/network-layout.ts'
import { hasLimits } from '../../core/fleet/limits.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { mostHours } from '../../core/job/most-hours.ts'
import type { JobSpec } from '../../core/job/spec.ts'
import type { Action } from '../../core/plan/action.ts'
import { expectedTimes } from '../../core/plan/expected-times.ts'
import { foresee } from '../../core/plan/foresee.ts'
import { NO_LADDER_YET } from '../../core/plan/plan-launch.ts'
import { planRaise } from '../../core/plan/plan-raise.ts'
import { beginClimb, newClimb, type Climb } from '../capacity/climb.ts'
import { fitTypes } from '../capacity/fit-types.ts'
import { hasRungLeft, rememberRefusal } from '../capacity/remember-refusal.ts'
import { typesInNetwork } from '../capacity/types-in-network.ts'
import { refuseAboveLimits } from '../cost/approve-spending.ts'
import { refuseJobAboveLimits } from '../cost/refuse-job.ts'
import { allowLaunches } from '../fleet/allow-launches.ts'
import { fitImage } from '../fleet/fit-image.ts'
import { observeWithStorage } from '../fleet/observe-storage.ts'
import { refuseMismatch } from '../fleet/refuse-mismatch.ts'
import { refuseShortLease } from '../fleet/refuse-short-lease.ts'
import { typesForStorage } from '../fleet/types-for-storage.ts'
import { refuseLongJob } from '../job/refuse-long-job.ts'
import type { RaisePlan } from '../results/plan.ts'
import { checkSize } from '../run/check-size.ts'
import type { Services } from '../services.ts'
import { costOfPlan, typeThatIsUp } from './plan-cost.ts'
import { plannedAction } from './planned-action.ts'
import { plannedLadder } from './planned-ladder.ts'

/**
 * What raising a fleet (for a job) would do, cost and take, if all went well: planned on what is there now by what plans
 * every raise. Only reads; takes no lock.
 *
 * @throws MusterError what the raise would be refused with.
 */
export async function planFleet(
  asked: FleetSpec,
  services: Services,
  run: { readonly job: JobSpec; readonly keep: boolean } | null = null,
): Promise<RaisePlan> {
  const { cloud, clock, compute, identity, journal } = services
  refuseShortLease(asked, cloud)
  if (run) {
    checkSize(run.job, asked)
    refuseLongJob(run.job, asked)
  }
  const [{ account, region }, fitted, network, observed] = await Promise.all([
    identity.whoAmI(),
    fitTypes(asked, services, run?.job.tasksPerNode ?? null),
    compute.network(asked.network),
    observeWithStorage(asked, services),
  ])
  const { wanted } = fitted
  refuseMismatch(wanted, observed, fitted.types)
  const inNetwork = typesInNetwork(wanted, fitted.types, network, observed, services)
  const types = typesForStorage(wanted, inNetwork, network, observed)
  const climb = newClimb()
  const [now, { deadlines }] = [clock.now(), cloud]
  const decide = (seen: ObservedFleet) => {
    const { ladder, shortages, earlier } = climb
    return planRaise({ wanted, observed: seen, types, ladder, shortages, earlier, launched: [], deadlines, now })
  }
  if (decide(observed).waits.includes(NO_LADDER_YET)) await beginClimb(climb, wanted, types, services)
  const { failure, waits, converged } = decide(observed)
  if (failure) throw new MusterError(failure.code, failure.message, { suggestions: [`muster down ${wanted.name}`] })
  const { actions, quotas } = await allowed(
    () => foresee(observed, decide, wanted.storage),
    wanted,
    types,
    climb,
    services,
  )
  if (run) await refuseJobAboveLimits(run.job, wanted, observed, services)
  if (hasLimits(wanted)) {
    await refuseAboveLimits({ wanted, observed, actions, ...(run && { jobHours: mostHours(run.job) }) }, services)
  }
  const { rungs, leftOut } = plannedLadder(climb, wanted.nodes, now)
  const cost = await costOfPlan(wanted, rungs, observed, region, services)
  return {
    goal: 'raise',
    cloud: cloud.name,
    region,
    account,
    fleet: wanted.name,
    wanted: {
      instanceType: rungs[0]?.instanceType ?? typeThatIsUp(observed, wanted),
      nodes: wanted.nodes,
      placement: wanted.placement,
      image: wanted.image,
      storage: wanted.storage,
    },
    interfaces: interfacesOf(actions, wanted, types),
    rungs,
    leftOut,
    job: run && jobOf(run),
    actions: actions.map(plannedAction),
    waits,
    converged,
    quotas,
    cost: cost.first,
    worstCase: worstCase(cost.dearest, wanted),
    expected: expectedTimes(actions, waits, cloud.name, journal.past(wanted.name)),
  }
}

function interfacesOf(
  actions: readonly Action[],
  wanted: FleetSpec,
  types: readonly InstanceFacts[],
): RaisePlan['interfaces'] {
  const launch = actions.find((action) => action.kind === 'launch-cohort')
  if (!launch) return []
  const facts = factsOf(types, launch.instanceType)
  return networkLayout(facts, wantsEfa(wanted, facts))
}

/** What would be done by the first rung that the account's quotas allow. */
async function allowed(
  plan: () => readonly Action[],
  wanted: FleetSpec,
  types: readonly InstanceFacts[],
  climb: Climb,
  services: Services,
): Promise<Pick<RaisePlan, 'quotas'> & { readonly actions: readonly Action[] }> {
  for (;;) {
    const actions = plan()
    const launch = actions.find((action) => action.kind === 'launch-cohort')
    if (launch) await fitImage(wanted, factsOf(types, launch.instanceType), services.compute)
    try {
      return { actions, quotas: await allowLaunches(actions, types, services) }
    } catch (error) {
      if (!launch || !isMusterError(error, 'QuotaExceeded')) throw error
      await rememberRefusal({ fleet: wanted.name, ...launch }, error, climb, services)
      if (!hasRungLeft(climb)) throw error
    }
  }
}

function jobOf({ job, keep }: { readonly job: JobSpec; readonly keep: boolean }): RaisePlan['job'] {
  const { name, launcher, nodes, tasksPerNode, timeLimitS } = job
  return { name, launcher, nodes, tasksPerNode, timeLimitS, keep }
}
