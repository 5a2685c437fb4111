import { addSums } from '../../core/cost/cost.ts'
import { secondsLeft } from '../../core/cost/seconds-left.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Renewal } from '../../launch/remote/renew-script.ts'
import { fleetMoney } from '../cost/fleet-money.ts'
import { spentBefore } from '../cost/spent-before.ts'
import type { Services } from '../services.ts'
import { observeFleet } from './observe.ts'

/** What of a fleet says when its spending ends it. */
export type Limited = Pick<FleetSpec, 'name' | 'limits' | 'project'>

/** True where a fleet, or its project, may cost no more than so much in all. */
export function isEndedBySpending({ limits, project }: Limited): boolean {
  return limits.total !== null || (project !== null && project.limits.total !== null)
}

/**
 * When the nodes of a fleet have to end for `limits.total`, its own or its project's, as a renewal tells them. No node knows what the
 * others cost: whoever controls the fleet divides what is left by what an hour of all that is up costs, and without a controller nobody
 * makes it later. What has no price leaves the end that the nodes have.
 */
export async function spendingEnd(fleet: Limited, services: Services): Promise<Renewal['endS']> {
  if (!isEndedBySpending(fleet)) return 'none'
  const { name, limits, project } = fleet
  const observed = await observeFleet(name, services, 'unasked')
  const { region } = await services.identity.whoAmI()
  const [money, spent] = await Promise.all([fleetMoney([observed], region, services), spentBefore(fleet, services)])
  const { usdPerHour } = money.get(name)!
  const own = secondsLeft(limits.total, { usdPerHour, spentUsd: spent.own })
  const together =
    spent.project &&
    secondsLeft(project?.limits.total ?? null, {
      usdPerHour: addSums(usdPerHour, spent.project.others),
      spentUsd: spent.project.spent,
    })
  const known = [own, together].filter((seconds) => seconds !== null)
  return known.length === 0 ? 'keep' : Math.min(...known)
}
