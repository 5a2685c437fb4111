import { AwsError } from '../../../aws-error.ts'
import { invalidValue } from '../errors.ts'
import { cidrText, parseCidr } from '../state/cidr.ts'
import type { Cidr } from '../state/cidr.ts'

/** Refusals of the network's operations that more than one makes, in EC2's words as users quote them. */

/** `The vpc 'vpc-1' has dependencies and cannot be deleted.` */
export const hasDependencies = (noun: string, id: string): AwsError =>
  new AwsError('DependencyViolation', `The ${noun} '${id}' has dependencies and cannot be deleted.`)

export const limitExceeded = (code: string, what: string): AwsError =>
  new AwsError(code, `The maximum number of ${what} has been reached.`)

/** A range of a network or a subnet, from /16 to /28; `code` refuses one that is well written and of another size. */
export function readRange(text: string, code: 'InvalidVpc.Range' | 'InvalidSubnet.Range'): Cidr {
  const range = readCidr(text, 'cidrBlock')
  if (range.length < 16 || range.length > 28) throw new AwsError(code, `The CIDR '${cidrText(range)}' is invalid.`)
  return range
}

export function readCidr(text: string, parameter: string): Cidr {
  const range = parseCidr(text)
  if (range === undefined)
    throw invalidValue(`Value (${text}) for parameter ${parameter} is invalid. This is not a valid CIDR block.`)
  return range
}
