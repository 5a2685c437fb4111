import type { CreateFleetError } from '@aws-sdk/client-ec2'
import { isMusterError, MusterError } from '../../core/errors/muster-error.ts'
import type { LaunchRequest } from '../../ports/compute.ts'
import { classOfCode, isCapacityCode } from '../error-codes.ts'
import { awsError, isAwsClass } from '../error-map.ts'
import type { Ec2 } from './ec2.ts'

/**
 * Why an answer of CreateFleet has no instances. Of several reasons the one that trying elsewhere does not heal counts; AWS's
 * "Failed to fulfill capacity. Please review errors in the response." points at the others.
 */
export function refusal(ec2: Ec2, request: LaunchRequest, errors: readonly CreateFleetError[]): MusterError {
  const real = errors.filter((one) => !/review errors in the response/.test(one.ErrorMessage ?? ''))
  const lasting = real.find((one) => !isCapacityCode(one.ErrorCode ?? ''))
  const error = lasting ?? real[0] ?? errors[0]
  const awsCode = error?.ErrorCode ?? 'InsufficientInstanceCapacity'
  const message = error?.ErrorMessage ?? 'nothing was launched, and no reason was given'
  const aws = { code: awsCode, message, address: `ec2.${ec2.settings.region}` }
  return awsError(classOfCode(awsCode), aws, ec2.context('CreateFleet'), { data: aboutLaunch(ec2, request, message) })
}

/** What belongs to every refusal of a launch, also to one that AWS throws. */
export function aboutLaunch(ec2: Ec2, request: LaunchRequest, message: string): Readonly<Record<string, unknown>> {
  const { zone, instanceType, purchase, reservation } = request
  return { zone, instanceType, purchase, reservation, zones: zonesNamedIn(message, ec2.settings.region, zone) }
}

/** AWS says where it has capacity in words alone: "... or choosing us-east-1b, us-east-1c". Only a hint, so words will do. */
export function zonesNamedIn(message: string, region: string, refused: string): string[] {
  const words = message.match(/[a-z]{2}(?:-[a-z]+)+-\d[a-z]\b/g) ?? []
  return [...new Set(words)].filter((zone) => zone.startsWith(region) && zone !== refused)
}

/**
 * True for what was made a moment ago and is not known everywhere yet: templates, groups, and an instance profile, whose refusal has
 * a general code ("Value (x) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name").
 */
export function isTooEarly(error: unknown): boolean {
  return isAwsClass(error, 'gone') || isUnknownProfile(error)
}

function isUnknownProfile(error: unknown): error is MusterError {
  return isMusterError(error) && /Invalid IAM Instance Profile (name|ARN)/i.test(error.message)
}

/** What is still unknown after all the waiting is not there: a profile is made by setup. */
export function notThere(error: unknown): unknown {
  if (!isUnknownProfile(error)) return error
  const { code, message, cause, data } = error
  return new MusterError(code, message, { cause, data, suggestions: ['muster setup', 'muster doctor'] })
}
