import type { BucketShape } from './token-bucket.ts'

/** A bucket from which a call takes: one request token, or a token for every instance that it asks for. */
export interface Draw {
  readonly bucket: string
  readonly shape: BucketShape
  readonly tokens: number
}

const shape = (size: number, perSecond: number): BucketShape => ({ size, perSecond })

/**
 * EC2's published request rates: bucket size and refill a second, an account and region
 * (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html; compiled facts A.5, 2026-09). Whether
 * operations of one category share a bucket is not said: here each has its own. Whether CreateFleet draws on RunInstances' tokens
 * for instances is not known: here it does not.
 */
const OWN: Readonly<Record<string, BucketShape>> = {
  RunInstances: shape(5, 2),
  StartInstances: shape(5, 2),
  TerminateInstances: shape(100, 5),
  CreateTags: shape(100, 10),
  DeleteTags: shape(100, 10),
  CreateLaunchTemplateVersion: shape(100, 5),
  DeleteNetworkInterface: shape(100, 5),
  DescribeInstanceTopology: shape(1, 1),
  CreateVpcEndpoint: shape(4, 0.3),
  DeleteVpcEndpoints: shape(4, 0.3),
  DescribeCapacityBlockOfferings: shape(10, 0.15),
  PurchaseCapacityBlock: shape(10, 0.15),
}

/** Describe calls that are dearer where they ask for everything at once. */
const DEAR_UNFILTERED = new Set([
  'DescribeInstances',
  'DescribeInstanceStatus',
  'DescribeNetworkInterfaces',
  'DescribeSecurityGroups',
  'DescribeSnapshots',
  'DescribeSpotInstanceRequests',
  'DescribeVolumes',
])

/** Tokens for instances, beside the request's: what a call asks for counts, not what it gets. */
const BY_INSTANCE: Readonly<Record<string, BucketShape>> = {
  RunInstances: shape(1000, 2),
  StartInstances: shape(1000, 2),
  TerminateInstances: shape(1000, 20),
  StopInstances: shape(1000, 20),
}

/** All draws of one call; it goes through where every bucket has enough. */
export function ec2Draws(operation: string, input: Readonly<Record<string, unknown>>): readonly Draw[] {
  const request = { bucket: operation, shape: requestShape(operation), tokens: 1 }
  const isBare = DEAR_UNFILTERED.has(operation) && isUnfiltered(input)
  const resources = BY_INSTANCE[operation]
  return [
    isBare ? { bucket: `${operation} unfiltered`, shape: shape(50, 10), tokens: 1 } : request,
    ...(resources === undefined
      ? []
      : [{ bucket: `${operation} instances`, shape: resources, tokens: instancesOf(input) }]),
  ]
}

function requestShape(operation: string): BucketShape {
  return OWN[operation] ?? (/^(Describe|Get|List)/.test(operation) ? shape(100, 20) : shape(50, 5))
}

const isUnfiltered = (input: Readonly<Record<string, unknown>>): boolean =>
  input['Filter'] === undefined &&
  input['MaxResults'] === undefined &&
  !Object.keys(input).some((name) => name.endsWith('Id'))

function instancesOf(input: Readonly<Record<string, unknown>>): number {
  const ids = input['InstanceId']
  if (Array.isArray(ids)) return ids.length
  const most = Number(input['MaxCount'])
  return Number.isFinite(most) && most > 0 ? most : 1
}
