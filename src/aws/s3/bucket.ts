import {
  CreateBucketCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketTaggingCommand,
  PutPublicAccessBlockCommand,
  type BucketLocationConstraint,
  type LifecycleRule,
} from '@aws-sdk/client-s3'
import type { BucketAccess } from '../../ports/object-store.ts'
import { isAwsClass } from '../error-map.ts'
import { customEndpoint } from '../settings.ts'
import { tagList } from '../tags.ts'
import type { S3 } from './s3.ts'

/** How long staged folders and logs are kept. */
const KEEP_DAYS = 90

/**
 * The staging bucket, made where it is missing. Its tag is written last: a bucket without it was left half made, and gets
 * the rest. (New buckets are encrypted and private by AWS's own default; the block says so for good.)
 */
export async function ensureBucket(s3: S3): Promise<BucketAccess> {
  const bucket = await s3.bucket()
  const state = await bucketState(s3, bucket)
  if (state === 'missing') await createBucket(s3, bucket)
  if (state !== 'whole') await furnish(s3, bucket)
  const { region } = s3.settings
  const endpoint = customEndpoint(s3.settings, 'S3')
  const url = endpoint === null ? `https://${bucket}.s3.${region}.amazonaws.com` : `${endpoint}/${bucket}`
  return { bucket, region, url }
}

async function bucketState(s3: S3, Bucket: string): Promise<'missing' | 'bare' | 'whole'> {
  try {
    const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket }))
    return TagSet.length > 0 ? 'whole' : 'bare'
  } catch (error) {
    if (!isAwsClass(error, 'gone', 'unsupported')) throw error
  }
  try {
    await s3.send(new HeadBucketCommand({ Bucket }))
    return 'bare'
  } catch (error) {
    if (isAwsClass(error, 'gone')) return 'missing'
    throw error
  }
}

/** us-east-1 alone must not be named as a location. */
async function createBucket(s3: S3, Bucket: string): Promise<void> {
  const { region } = s3.settings
  const location = { LocationConstraint: region as BucketLocationConstraint }
  try {
    await s3.send(
      new CreateBucketCommand({ Bucket, ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: location }) }),
    )
  } catch (error) {
    if (!isAwsClass(error, 'duplicate')) throw error
  }
}

async function furnish(s3: S3, Bucket: string): Promise<void> {
  await where(() =>
    s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      }),
    ),
  )
  await where(() =>
    s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: LIFECYCLE } })),
  )
  await where(() =>
    s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagList({ 'muster:bucket': 'staging' }) } })),
  )
}

function expire(Prefix: string): LifecycleRule {
  return { ID: `expire ${Prefix}`, Status: 'Enabled', Filter: { Prefix }, Expiration: { Days: KEEP_DAYS } }
}

const LIFECYCLE: LifecycleRule[] = [
  expire('archives/'),
  expire('jobs/'),
  {
    ID: 'abort uploads that were given up',
    Status: 'Enabled',
    Filter: { Prefix: '' },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  },
]

/** Not every endpoint has these; objects are kept as well without. */
async function where(call: () => Promise<unknown>): Promise<void> {
  try {
    await call()
  } catch (error) {
    if (!isAwsClass(error, 'unsupported')) throw error
  }
}
