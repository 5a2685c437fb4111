import type { SetupPlan, SetupWish } from './action.ts'
import { draftSetup } from './draft.ts'
import type { ObservedAccess, ObservedNetwork } from './observed.ts'
import { planAccess } from './plan-access.ts'
import { planEndpoints } from './plan-endpoints.ts'
import { planNat } from './plan-nat.ts'
import { ownParts, planStrays, planTakeAway } from './plan-take-away.ts'
import { freeVpcRange } from './ranges.ts'
import { planSubnets } from './plan-subnets.ts'

/**
 * Decides, purely, what takes an account's region to what fleets need. Each round plans what the parts that are there allow; applied
 * again and again it converges, and then it is empty. `access` is null where roles are left alone or cannot be read.
 */
export function planSetup(
  wish: SetupWish,
  seen: ObservedNetwork,
  access: ObservedAccess | null,
  region: string,
): SetupPlan {
  const plan = draftSetup()
  if (access !== null && wish.role) planAccess(plan, access, region)
  const { vpc, own } = ownParts(seen)
  planStrays(plan, seen)
  if (vpc === null) {
    const range = freeVpcRange(seen.ranges)
    if (range === null) plan.fail('NetworkUnfit', 'every 10.x.0.0/16 overlaps a VPC of the region')
    else plan.add('vpc', { kind: 'make', part: { what: 'vpc', range } }, 'a network for fleets')
    return plan.finish()
  }
  if (!vpc.dns)
    plan.add('dns', { kind: 'make', part: { what: 'dns', vpc: vpc.id } }, 'names of endpoints and file systems')
  const table = planSubnets(plan, vpc, own)
  if (wish.wayOut === 'nat') planNat(plan, vpc, own, table)
  else planEndpoints(plan, vpc, own)
  // What the other way out had goes only when the wanted one is there: fleets that are up keep their connection.
  if (plan.isIdle()) planTakeAway(plan, own, wish.wayOut === 'nat' ? 'endpoints' : 'nat')
  return plan.finish()
}
