import type { Ec2Call } from '../context.ts'
import type { Instance } from '../state/instance.ts'
import { insufficientCapacity, roomFor } from './capacity.ts'
import { makeInstances } from './make-instances.ts'
import type { LaunchPlan } from './plan.ts'
import { planLaunch } from './plan.ts'
import type { LaunchRequest } from './request.ts'

/**
 * RunInstances' own launch: as many as there is room for between `least` and `most`, in the first zone that has room for
 * `least`; otherwise nothing is made and the refusal is thrown.
 */
export function launch(request: LaunchRequest, least: number, most: number, context: Ec2Call): readonly Instance[] {
  const plans = planLaunch(request, context)
  const refusals: Error[] = []
  for (const plan of plans) {
    const room = roomFor(plan, most, context)
    if (room.count >= least) return makeInstances(plan, room.count, context)
    if (room.refusal !== null) refusals.push(room.refusal)
  }
  throw lastRefusal(plans, refusals)
}

function lastRefusal(plans: readonly LaunchPlan[], refusals: readonly Error[]): Error {
  const [first] = refusals
  if (first !== undefined && refusals.length === 1) return first
  const type = plans[0]?.type.InstanceType ?? ''
  return insufficientCapacity(type, plans.map((plan) => plan.subnet.zone.name).join(', '), [])
}
