import type { S3Context } from '../context.ts'
import { s3Errors } from '../errors.ts'
import type { Bucket } from '../store/bucket.ts'
import type { ObjectRecord } from '../store/records.ts'
import type { S3Request } from './s3-request.ts'

/** The bucket that a request names. Throws NoSuchBucket, or AuthorizationHeaderMalformed where it lies in another region. */
export function demandBucket(request: S3Request, context: S3Context): Bucket {
  const name = request.bucket ?? ''
  const bucket = context.buckets.find(name)
  if (bucket === undefined) throw s3Errors.noSuchBucket(name)
  if (bucket.config.region !== request.call.region)
    throw s3Errors.wrongRegion(request.call.region, bucket.config.region)
  return bucket
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
