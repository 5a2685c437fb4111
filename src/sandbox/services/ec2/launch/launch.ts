import type { Ec2Call } from '../context.ts'
import type { Instance } from '../state/instance.ts'
import { insufficientCapacity, noSpotCapacity, roomFor } from './capacity.ts'
import type { Room } from './capacity.ts'
import { makeInstances } from './make-instances.ts'
import type { LaunchPlan } from './plan.ts'
import { planLaunch } from './plan.ts'
import type { LaunchRequest } from './request.ts'
import { roomInQuota } from './vcpu-quota.ts'

/**
 * RunInstances' own launch: as many as there is room for between `least` and `most`, in the first zone that has room for
 * `least`; otherwise nothing is made and the refusal is thrown.
 */
export function launch(request: LaunchRequest, least: number, most: number, context: Ec2Call): readonly Instance[] {
  const plans = planLaunch(request, context)
  const allowed = allowedBy(plans, request, most, context)
  if (allowed.count < least && allowed.refusal !== null) throw allowed.refusal
  const refusals: Error[] = []
  for (const plan of plans) {
    const room = roomFor(plan, allowed.count, context)
    if (room.count >= least) return makeInstances(plan, room.count, context)
    if (room.refusal !== null) refusals.push(room.refusal)
  }
  throw lastRefusal(plans, refusals)
}

/** The quota is the region's: no other zone has more. */
function allowedBy([plan]: readonly LaunchPlan[], request: LaunchRequest, most: number, context: Ec2Call): Room {
  if (plan === undefined) return { count: most, refusal: null }
  return roomInQuota({ type: plan.type, purchase: request.purchase, count: most }, [], context)
}

function lastRefusal(plans: readonly LaunchPlan[], refusals: readonly Error[]): Error {
  const [first] = refusals
  if (first !== undefined && refusals.length === 1) return first
  if (plans[0]?.request.purchase === 'spot') return first ?? noSpotCapacity()
  const type = plans[0]?.type.InstanceType ?? ''
  return insufficientCapacity(type, plans.map((plan) => plan.subnet.zone.name).join(', '), [])
}
