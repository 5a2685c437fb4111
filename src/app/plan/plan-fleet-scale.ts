import { MusterError } from '../../core/errors/muster-error.ts'
import { cohortsOf } from '../../core/plan/cohort.ts'
import { foresee, foreseeWorld } from '../../core/plan/foresee.ts'
import { planScale, scaleTarget } from '../../core/plan/plan-scale.ts'
import { hasLimits } from '../../core/fleet/limits.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import { refuseAboveLimits } from '../cost/approve-spending.ts'
import { beginClimb, newClimb } from '../capacity/climb.ts'
import { fitTypes } from '../capacity/fit-types.ts'
import { typesInNetwork } from '../capacity/types-in-network.ts'
import { observeFleet } from '../fleet/observe.ts'
import { refuseScale } from '../fleet/refuse-scale.ts'
import type { ScaleRequest } from '../fleet/scale.ts'
import { heldBy, runningJobs } from '../job/busy-nodes.ts'
import type { ScalePlan } from '../results/plan.ts'
import type { ScaleState } from '../results/scale.ts'
import type { Services } from '../services.ts'
import { plannedAction } from './planned-action.ts'
import { scaleState } from './scale-state.ts'

/** What scaling a fleet would do, with its price before and after. Only reads; takes no lock. @throws MusterError as `scaleFleet`. */
export async function planFleetScale(
  asked: Pick<ScaleRequest, 'wanted' | 'asked'>,
  services: Services,
): Promise<ScalePlan> {
  const { cloud, clock, compute, identity } = services
  const [{ account, region }, fitted, network, observed] = await Promise.all([
    identity.whoAmI(),
    fitTypes(asked.wanted, services),
    compute.network(asked.wanted.network),
    observeFleet(asked.wanted.name, services),
  ])
  const { wanted } = fitted
  const busy = heldBy(await runningJobs(wanted.name, observed.nodes, services))
  const target = scaleTarget(asked.asked, cohortsOf(observed.nodes), busy)
  refuseScale(wanted, target)
  const types = typesInNetwork(wanted, fitted.types, network, observed, services)
  const climb = newClimb()
  const known = { wanted, types, busy, launched: [], deadlines: cloud.deadlines, now: clock.now() }
  const decide = (seen: ObservedFleet) => {
    const { ladder, shortages, earlier } = climb
    return planScale({ ...known, ladder, shortages, earlier, observed: seen }, target)
  }
  const isLaunch = target.wishes.some((wish) => wish.index === undefined)
  if (isLaunch) await beginClimb(climb, wanted, types, services)
  const { failure, waits, converged } = decide(observed)
  if (failure) throw new MusterError(failure.code, failure.message, { suggestions: [`muster down ${wanted.name}`] })
  const actions = foresee(observed, decide)
  if (hasLimits(wanted)) await refuseAboveLimits({ wanted, observed, actions }, services)
  const [before, after] = [observed, foreseeWorld(observed, decide)]
  return {
    goal: 'scale',
    cloud: cloud.name,
    region,
    account,
    fleet: wanted.name,
    actions: actions.map(plannedAction),
    waits,
    converged,
    before: await scaleState(before, services),
    after: await scaleState(after, services),
  }
}

/** What a fleet is now. */
export async function readScale(fleet: string, services: Services): Promise<ScaleState> {
  return scaleState(await observeFleet(fleet, services, 'unasked'), services)
}
