import { secondsLeft } from '../../core/cost/seconds-left.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Renewal } from '../../launch/remote/renew-script.ts'
import { fleetMoney } from '../cost/fleet-money.ts'
import { spentBefore } from '../cost/spent-before.ts'
import type { Services } from '../services.ts'
import { observeFleet } from './observe.ts'

/**
 * When the nodes of a fleet have to end for its `limits.total`, as a renewal tells them. No node knows what the others cost: whoever
 * controls the fleet divides what is left among all that is up, and without a controller nobody makes it later. What has no price
 * leaves the end that the nodes have.
 */
export async function spendingEnd(
  { name, limits }: Pick<FleetSpec, 'name' | 'limits'>,
  services: Services,
): Promise<Renewal['endS']> {
  const { total } = limits
  if (total === null) return 'none'
  const [observed, { region }] = await Promise.all([
    observeFleet(name, services, 'unasked'),
    services.identity.whoAmI(),
  ])
  const money = (await fleetMoney([observed], region, services)).get(name)
  const { own } = await spentBefore({ name, project: null }, services)
  return (money && secondsLeft(total, { ...money, spentUsd: own })) ?? 'keep'
}
