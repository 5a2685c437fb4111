import { AwsError } from '../../aws-error.ts'
import { members, oneOf, text } from '../json/shape.ts'
import { LEVEL, NAMED, operation, page, PAGING, quotaNamed, refuseService, SERVICE_CODE } from './input.ts'
import { renderRequest } from './render-request.ts'
import { statusOf } from './state.ts'
import type { IncreaseRequest, QuotaState } from './state.ts'

const FILTERS = {
  Status: oneOf('PENDING', 'CASE_OPENED', 'APPROVED', 'DENIED', 'CASE_CLOSED', 'NOT_APPROVED', 'INVALID_REQUEST'),
  QuotaRequestedAtLevel: LEVEL,
  ...PAGING,
}

/** The requests of a region, latest first: all, of a service, of one quota, or one by its id. */
export const listHistory = operation(
  'ListRequestedServiceQuotaChangeHistory',
  members({}, { ServiceCode: SERVICE_CODE, ...FILTERS }),
  (input, state, { region }) => {
    if (input.ServiceCode !== undefined) refuseService(input.ServiceCode)
    return list(state, input, (one) => one.region === region)
  },
)

export const listHistoryByQuota = operation(
  'ListRequestedServiceQuotaChangeHistoryByQuota',
  members(NAMED, FILTERS),
  (input, state, { region }) => {
    const { code } = quotaNamed(input.ServiceCode, input.QuotaCode)
    return list(state, input, (one) => one.region === region && one.code === code)
  },
)

export const getRequestedChange = operation(
  'GetRequestedServiceQuotaChange',
  members({ RequestId: text({ min: 1, max: 128, pattern: /^[0-9a-zA-Z][a-zA-Z0-9-]{1,128}$/ }) }, {}),
  (input, { world, requests }, { region }) => {
    const found = requests.find((one) => one.id === input.RequestId && one.region === region)
    if (found === undefined)
      throw new AwsError('NoSuchResourceException', `The request ${input.RequestId} does not exist.`)
    return { RequestedQuota: renderRequest(found, world) }
  },
)

type Asked = Parameters<typeof page>[2] & {
  readonly Status?: string | undefined
  readonly QuotaRequestedAtLevel?: string | undefined
}

function list({ world, requests }: QuotaState, asked: Asked, matches: (one: IncreaseRequest) => boolean): object {
  const found = requests.filter(
    (one) =>
      matches(one) &&
      asked.QuotaRequestedAtLevel !== 'RESOURCE' &&
      (asked.Status === undefined || asked.Status === statusOf(one, world)),
  )
  const { items, nextToken } = page(found.toReversed(), ({ id }) => id, asked)
  return { RequestedQuotas: items.map((one) => renderRequest(one, world)), NextToken: nextToken }
}
