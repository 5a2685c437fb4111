import { foresee } from '../../core/plan/foresee.ts'
import { planTakeDown } from '../../core/plan/plan-take-down.ts'
import { endedExports, NO_MEMORY } from '../../core/plan/storage-fate.ts'
import { observeFleet } from '../fleet/observe.ts'
import type { RemovalPlan } from '../results/plan.ts'
import type { Services } from '../services.ts'
import { plannedAction } from './planned-action.ts'

/** What taking a fleet down would remove, in order. Only reads; takes no lock. */
export async function planRemoval(fleet: string, services: Services, discard = false): Promise<RemovalPlan> {
  const [{ account, region }, observed] = await Promise.all([
    services.identity.whoAmI(),
    observeFleet(fleet, services, 'unasked'),
  ])
  const memory = { ...NO_MEMORY, discard, old: endedExports(observed) }
  const { waits, converged } = planTakeDown(observed, memory)
  const actions = foresee(observed, (seen) => planTakeDown(seen, memory)).map(plannedAction)
  return { goal: 'remove', cloud: services.cloud.name, region, account, fleet, actions, waits, converged }
}
