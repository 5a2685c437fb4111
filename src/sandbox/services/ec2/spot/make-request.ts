import { randomBytes } from 'node:crypto'
import type { Ec2Call } from '../context.ts'
import type { LaunchPlan } from '../launch/plan.ts'
import { resource } from '../state/resource.ts'
import type { SpotRequest } from '../state/spot-request.ts'

/** `sir-` and eight digits, as EC2 makes them; null for what is not on Spot. */
export function makeSpotRequest(plan: LaunchPlan, instanceId: string, { region, now }: Ec2Call): string | null {
  const { request } = plan
  if (request.purchase !== 'spot') return null
  const made: SpotRequest = {
    ...resource('spot-instances-request', `sir-${randomBytes(4).toString('hex')}`, now, plan.spotTags),
    instanceId,
    maxPrice: request.maxPrice,
    validUntil: request.data.InstanceMarketOptions?.SpotOptions?.ValidUntil ?? null,
    state: 'active',
    status: 'fulfilled',
    statusAt: now,
  }
  region.spotRequests.set(made.id, made)
  return made.id
}
