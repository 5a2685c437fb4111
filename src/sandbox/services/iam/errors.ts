import { AwsError } from '../../aws-error.ts'

/**
 * IAM's refusals that more than one operation makes. Codes and statuses: the service model (iam 2010-05-08); where the words
 * come from: BEHAVIOUR.md.
 */

export const noSuchEntity = (message: string): AwsError => new AwsError('NoSuchEntity', message, 404)

export const alreadyExists = (message: string): AwsError => new AwsError('EntityAlreadyExists', message, 409)

export const deleteConflict = (first: string): AwsError =>
  new AwsError('DeleteConflict', `Cannot delete entity, must ${first} first.`, 409)

export const limitExceeded = (quota: string, limit: number): AwsError =>
  new AwsError('LimitExceeded', `Cannot exceed quota for ${quota}: ${limit}`, 409)

export const invalidInput = (message: string): AwsError => new AwsError('InvalidInput', message)

export const malformedPolicy = (message: string): AwsError => new AwsError('MalformedPolicyDocument', message)

export const protectedRole = (name: string): AwsError =>
  new AwsError(
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
  )
