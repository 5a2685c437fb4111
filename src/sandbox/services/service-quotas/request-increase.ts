import { randomBytes } from 'node:crypto'
import { AwsError } from '../../aws-error.ts'
import { flag, members, text } from '../json/shape.ts'
import { NAMED, operation, QUOTA_VALUE, quotaNamed } from './input.ts'
import { renderRequest } from './render-request.ts'
import { appliedValue, statusOf } from './state.ts'
import type { IncreaseRequest } from './state.ts'

const shape = members({ ...NAMED, DesiredValue: QUOTA_VALUE }, { ContextId: text(), SupportCaseAllowed: flag() })

/** Opens a request for more; one at a time for each quota and region. */
export const requestIncrease = operation('RequestServiceQuotaIncrease', shape, (input, state, call) => {
  const { world, requests } = state
  const { code } = quotaNamed(input.ServiceCode, input.QuotaCode)
  const { region, caller } = call
  if (input.DesiredValue <= appliedValue(state, region, code))
    throw new AwsError(
      'IllegalArgumentException',
      'You must provide a quota value greater than the current quota value',
    )
  const isOpen = (one: IncreaseRequest): boolean => ['PENDING', 'CASE_OPENED'].includes(statusOf(one, world))
  if (requests.some((one) => one.code === code && one.region === region && isOpen(one)))
    throw new AwsError(
      'ResourceAlreadyExistsException',
      'Only one open service quota increase request is allowed per quota.',
    )
  const request: IncreaseRequest = {
    id: `${randomBytes(16).toString('hex')}${randomBytes(6).toString('base64url').replace(/[-_]/g, '0')}`,
    region,
    code,
    desired: input.DesiredValue,
    requester: JSON.stringify({ accountId: caller.account, callerArn: caller.arn }),
    caseAllowed: input.SupportCaseAllowed ?? true,
    createdAt: world.clock.now(),
  }
  requests.push(request)
  return { RequestedQuota: renderRequest(request, world) }
})
