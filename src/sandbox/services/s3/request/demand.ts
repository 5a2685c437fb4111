import type { S3Context } from '../context.ts'
import { s3Errors } from '../errors.ts'
import type { Bucket } from '../store/bucket.ts'
import type { ObjectRecord } from '../store/records.ts'
import type { S3Request } from './s3-request.ts'

/**
 * The bucket that a request names. Throws NoSuchBucket, AuthorizationHeaderMalformed where it lies in another region,
 * AccessDenied where the caller expects another owner, InvalidArgument for a version: none are kept but the one named null.
 */
export function demandBucket(request: S3Request, context: S3Context): Bucket {
  const name = request.bucket ?? ''
  const bucket = context.buckets.find(name)
  if (bucket === undefined) throw s3Errors.noSuchBucket(name)
  if (bucket.config.region !== request.call.region)
    throw s3Errors.wrongRegion(request.call.region, bucket.config.region)
  demandOwner(request.headers['x-amz-expected-bucket-owner'], context)
  const version = request.params.get('versionId')
  if (version !== null && version !== 'null')
    throw s3Errors.invalidArgument('Invalid version id specified', 'versionId', version)
  return bucket
}

/** Throws AccessDenied where a caller makes sure of an owner, and it is not ours. */
export function demandOwner(expected: string | undefined, { account }: S3Context): void {
  if (expected !== undefined && expected !== account) throw s3Errors.accessDenied()
}

export function demandKey(request: S3Request): string {
  if (request.key === undefined) throw s3Errors.invalidUri(request.path)
  return request.key
}

/** Throws NoSuchKey. */
export function demandObject(bucket: Bucket, key: string): ObjectRecord {
  const object = bucket.index.get(key)
  if (object === undefined) throw s3Errors.noSuchKey(key)
  return object
}
