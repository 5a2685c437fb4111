import { AwsError } from '../../../aws-error.ts'

/** EC2's own sentence: it names the zones that have the capacity. Of the 5xx class, so that SDKs try again by themselves. */
export function insufficientCapacity(type: string, zone: string, others: readonly string[]): AwsError {
  const elsewhere =
    others.length === 0
      ? ''
      : ` You can currently get ${type} capacity by not specifying an Availability Zone in your request or choosing ${others.join(', ')}.`
  return new AwsError(
    'InsufficientInstanceCapacity',
    `We currently do not have sufficient ${type} capacity in the Availability Zone you requested (${zone}). Our system will be working on provisioning additional capacity.${elsewhere}`,
    500,
  )
}

/** EC2's own sentence about Spot: it names no zones. */
export const noSpotCapacity = (): AwsError =>
  new AwsError('InsufficientInstanceCapacity', 'There is no Spot capacity available that matches your request.', 500)
