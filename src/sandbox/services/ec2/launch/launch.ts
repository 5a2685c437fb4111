import type { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { reservedPlaces } from '../reservations/match.ts'
import type { Instance } from '../state/instance.ts'
import { insufficientCapacity, noSpotCapacity } from './capacity-refusals.ts'
import { roomFor } from './capacity.ts'
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
  const refusals: AwsError[] = []
  for (const plan of plans) {
    const reserved = reservedPlaces(plan, most, context)
    const allowed = roomInQuota({ type: plan.type, purchase: request.purchase, count: most, reserved }, [], context)
    if (allowed.count < least && allowed.refusal !== null) {
      refusals.push(allowed.refusal)
      continue
    }
    const room = roomFor(plan, allowed.count, context)
    if (room.count >= least) return makeInstances(plan, room.count, context)
    if (room.refusal !== null) refusals.push(room.refusal)
  }
  throw lastRefusal(plans, refusals)
}

function lastRefusal(plans: readonly LaunchPlan[], refusals: readonly AwsError[]): Error {
  const [first] = refusals
  // A quota is the region's, and so is a reservation's size: what is the same for all zones is said once.
  if (first !== undefined && refusals.every(({ code, message }) => code === first.code && message === first.message))
    return first
  if (plans[0]?.request.purchase === 'spot') return first ?? noSpotCapacity()
  const type = plans[0]?.type.InstanceType ?? ''
  return insufficientCapacity(type, plans.map((plan) => plan.subnet.zone.name).join(', '), [])
}
