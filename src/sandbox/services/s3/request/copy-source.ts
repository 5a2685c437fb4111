import type { S3Context } from '../context.ts'
import { s3Errors } from '../errors.ts'
import type { Bucket } from '../store/bucket.ts'
import type { ObjectRecord } from '../store/records.ts'
import { demandConditions } from './conditions.ts'
import { demandObject, demandOwner } from './demand.ts'
import { decode, type S3Request } from './s3-request.ts'

/** The object that `x-amz-copy-source: [/]bucket/key` names, with its own conditions held. Throws AwsError. */
export function copySource(
  request: S3Request,
  context: S3Context,
): { readonly bucket: Bucket; readonly object: ObjectRecord } {
  const source = request.headers['x-amz-copy-source'] ?? ''
  const [, name, key, version] = /^\/?([^/]+)\/(.+?)(?:\?versionId=(.*))?$/s.exec(source) ?? []
  if (name === undefined || key === undefined)
    throw s3Errors.invalidArgument(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      'x-amz-copy-source',
      source,
    )
  if (version !== undefined && version !== 'null')
    throw s3Errors.invalidArgument('Invalid version id specified', 'versionId', version)
  const bucket = context.buckets.find(decode(name))
  if (bucket === undefined) throw s3Errors.noSuchBucket(decode(name))
  demandOwner(request.headers['x-amz-source-expected-bucket-owner'], context)
  const object = demandObject(bucket, decode(key))
  demandConditions(request.headers, object, 'x-amz-copy-source-')
  return { bucket, object }
}
