import { AwsError } from '../../aws-error.ts'
import type { Call, Operation } from '../../service.ts'
import { readRequest, text } from '../json/shape.ts'
import type { Shape } from '../json/shape.ts'

/** Where AWS has the Price List API: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html (compiled facts, 2026-09). */
const REGIONS = ['us-east-1', 'eu-central-1', 'ap-south-1']

/** Binds an operation. Limits: the service model (pricing 2017-10-15). */
export function operation<T>(name: string, shape: Shape<T>, handle: (input: T) => object): Operation {
  return {
    name,
    handle(raw, call) {
      refuseOtherRegions(call)
      return handle(readRequest(shape, raw, 'InvalidParameterException'))
    },
  }
}

/** On AWS no other region has an endpoint of this name; a request that is signed for one is refused so where it arrives. */
function refuseOtherRegions({ region }: Call): void {
  if (REGIONS.includes(region)) return
  throw new AwsError(
    'InvalidSignatureException',
    `Credential should be scoped to a valid region, not '${region}'. (AWS has the Price List API in ${REGIONS.join(', ')} only.)`,
  )
}

export const FORMAT = text({ min: 1, max: 32 })

export function refuseFormat(format: string | undefined): void {
  if (format !== undefined && format !== 'aws_v1') throw invalidParameter(`Invalid FormatVersion: ${format}`)
}

export const invalidParameter = (message: string): AwsError => new AwsError('InvalidParameterException', message)

export const badToken = (): AwsError => new AwsError('InvalidNextTokenException', 'The pagination token is invalid.')
