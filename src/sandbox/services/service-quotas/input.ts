import { AwsError } from '../../aws-error.ts'
import type { Call, Operation } from '../../service.ts'
import { constraintsOf, fault, serialization } from '../json/constraint.ts'
import { pageOf } from '../json/page.ts'
import { integer, members, oneOf, readRequest, text } from '../json/shape.ts'
import type { Shape } from '../json/shape.ts'
import { EC2, quotaOf } from './quotas.ts'
import type { VcpuQuota } from './quotas.ts'
import type { QuotaState } from './state.ts'

/** Binds an operation to the state. Limits: the service model (service-quotas 2019-06-24). */
export function operation<T>(
  name: string,
  shape: Shape<T>,
  handle: (input: T, state: QuotaState, call: Call) => object,
): (state: QuotaState) => Operation {
  return (state) => ({
    name,
    handle: (raw, call) => handle(readRequest(shape, raw, 'IllegalArgumentException'), state, call),
  })
}

export const SERVICE_CODE = text({ min: 1, max: 63, pattern: /^[a-zA-Z][a-zA-Z0-9-]{1,63}$/ })
export const QUOTA_CODE = text({ min: 1, max: 128, pattern: /^[a-zA-Z][a-zA-Z0-9-]{1,128}$/ })
export const LEVEL = oneOf('ACCOUNT', 'RESOURCE', 'ALL')
export const NAMED = { ServiceCode: SERVICE_CODE, QuotaCode: QUOTA_CODE }
export const PAGING = {
  NextToken: text({ max: 2048, pattern: /^[a-zA-Z0-9/+]*={0,2}$/ }),
  MaxResults: integer({ least: 1, most: 100 }),
}
export const namedQuota = members(NAMED, { ContextId: text() })

const valueConstraints = constraintsOf({ least: 0, most: 10_000_000_000 })

/** A quota's value: any number, not only whole ones. */
export const QUOTA_VALUE: Shape<number> = {
  constraints: [],
  read(value, path, faults) {
    if (typeof value !== 'number') throw serialization(value, 'double')
    faults.push(...valueConstraints.filter(({ holds }) => !holds(value)).map(({ words }) => fault(value, path, words)))
    return value
  },
}

export function quotaNamed(service: string, code: string): VcpuQuota {
  refuseService(service)
  const quota = quotaOf(code)
  if (quota === undefined)
    throw noSuchResource(
      `The request failed because the specified quota ${code} does not exist for service ${service}.`,
    )
  return quota
}

export function refuseService(service: string): void {
  if (service !== EC2.ServiceCode)
    throw noSuchResource(
      `The request failed because the specified service does not exist. (The muster sandbox has quotas of ec2 only, not of ${service}.)`,
    )
}

const noSuchResource = (message: string): AwsError => new AwsError('NoSuchResourceException', message)

interface Asked {
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
}

export function page<T>(items: readonly T[], keyOf: (item: T) => string, { MaxResults = 100, NextToken }: Asked) {
  return pageOf(items, keyOf, MaxResults, NextToken, () => {
    throw new AwsError('InvalidPaginationTokenException', 'The pagination token is invalid.')
  })
}
