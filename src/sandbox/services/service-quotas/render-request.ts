import type { World } from '../../world.ts'
import { EC2, quotaOf } from './quotas.ts'
import { statusOf } from './state.ts'
import type { IncreaseRequest } from './state.ts'

/** A request for more as answers show it. */
export function renderRequest(request: IncreaseRequest, world: World): object {
  const { id, region, code, desired, requester, createdAt } = request
  const status = statusOf(request, world)
  const whole = world.pace.quotaApprovalMs ?? 0
  const changedAfter = status === 'PENDING' ? 0 : status === 'APPROVED' ? whole : whole / 2
  return {
    Id: id,
    // Support gives its cases numbers of their own; here the request's first digits do.
    CaseId: status === 'CASE_OPENED' || status === 'APPROVED' ? String(Number.parseInt(id.slice(0, 8), 16)) : undefined,
    ...EC2,
    QuotaCode: code,
    QuotaName: quotaOf(code)?.name,
    DesiredValue: desired,
    Status: status,
    Created: new Date(createdAt),
    LastUpdated: new Date(createdAt + changedAfter),
    Requester: requester,
    QuotaArn: `arn:aws:servicequotas:${region}:${world.account}:ec2/${code}`,
    GlobalQuota: false,
    Unit: 'None',
    QuotaRequestedAtLevel: 'ACCOUNT',
  }
}
