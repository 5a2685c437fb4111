import { isEnough, quotaExceeded, type QuotaCheck } from '../../core/capacity/quota.ts'
import { factsOf, type InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { Action } from '../../core/plan/action.ts'
import type { Services } from '../services.ts'
import { quotaOf } from './check-quota.ts'

/**
 * The quotas that the launches of a plan count against, as far as they are known. Refuses what is more than the account is allowed,
 * so that nothing is made for it. Of a plan that also ends nodes nothing is asked: what those still count is about to be free, and
 * the cloud itself refuses what is too much.
 *
 * @throws MusterError QuotaExceeded, with the command that asks for more.
 */
export async function allowLaunches(
  actions: readonly Action[],
  types: readonly InstanceFacts[],
  services: Pick<Services, 'quotas' | 'events' | 'identity'>,
): Promise<readonly QuotaCheck[]> {
  if (actions.some((action) => action.kind === 'terminate-nodes')) return []
  const checks: QuotaCheck[] = []
  for (const action of actions) {
    if (action.kind !== 'launch-cohort') continue
    const { instanceType, purchase, count } = action
    const use = { instanceType, purchase, count }
    const check = await quotaOf(use, factsOf(types, instanceType).vcpus, services)
    if (check === null) continue
    if (!isEnough(check)) throw quotaExceeded(check, use, (await services.identity.whoAmI()).region)
    checks.push(check)
  }
  return checks
}
