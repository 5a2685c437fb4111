import { AwsError } from '../../aws-error.ts'

/**
 * EC2's refusals that more than one operation makes. Codes: the EC2 API's list of error codes
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html, compiled facts, 2026-09); words: as users quote them.
 */

export const missingParameter = (name: string): AwsError =>
  new AwsError('MissingParameter', `The request must contain the parameter ${name}`)

export const invalidValue = (message: string): AwsError => new AwsError('InvalidParameterValue', message)

export const invalidCombination = (message: string): AwsError => new AwsError('InvalidParameterCombination', message)

/** AWS has it, the sandbox does not. 501 is retried by no SDK. */
export const notImplemented = (what: string): AwsError =>
  new AwsError('UnsupportedOperation', `The muster sandbox does not implement ${what}.`, 501)

/** A DryRun that would have gone through. */
export const dryRun = (): AwsError =>
  new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412)

export const malformed = (code: string, id: string, prefix: string): AwsError =>
  new AwsError(code, `Invalid id: "${id}" (expecting "${prefix}...")`)
