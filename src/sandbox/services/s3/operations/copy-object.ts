import { checksumMembers, xmlAnswer } from '../answer.ts'
import type { S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { attributesOf } from '../request/attributes.ts'
import { copySource } from '../request/copy-source.ts'
import { demandBucket, demandKey } from '../request/demand.ts'
import { demandObjectHeaders } from '../request/demand-headers.ts'
import { keep } from '../store/keep.ts'
import type { Extent, ObjectAttributes, ObjectRecord } from '../store/records.ts'
import type { S3Request } from '../request/s3-request.ts'

/** A copy shares its content's files with the source (hard links), so it takes no time and no room. */
export const copyObject: S3Operation = {
  name: 'CopyObject',
  async handle(request, context) {
    const bucket = demandBucket(request, context)
    const key = demandKey(request)
    demandObjectHeaders(request, bucket)
    const from = copySource(request, context)
    const attributes = attributesFor(request, from.object)
    const itself = from.bucket === bucket && from.object.key === key
    if (itself && request.headers['x-amz-metadata-directive'] !== 'REPLACE')
      throw s3Errors.invalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      )
    const extents: Extent[] = []
    const unpin = from.bucket.blobs.pin(from.object.extents.map(({ blob }) => blob))
    try {
      for (const { blob, size } of from.object.extents)
        extents.push({ blob: await bucket.blobs.adopt(from.bucket.blobs.path(blob)), size })
    } catch (error) {
      bucket.blobs.remove(extents.map(({ blob }) => blob))
      throw error
    } finally {
      unpin()
    }
    const { size, etag, checksum } = from.object
    const modified = context.now()
    keep(
      bucket,
      extents.map(({ blob }) => blob),
      () => ({ did: 'put', object: { key, size, etag, modified, extents, attributes, checksum } }),
    )
    return xmlAnswer('CopyObjectResult', {
      LastModified: new Date(modified),
      ETag: `"${etag}"`,
      ...checksumMembers(checksum),
    })
  },
}

function attributesFor(request: S3Request, source: ObjectRecord): ObjectAttributes {
  const own = attributesOf(request)
  const replaced = request.headers['x-amz-metadata-directive'] === 'REPLACE'
  const { headers, metadata } = replaced ? own : source.attributes
  const tags = request.headers['x-amz-tagging-directive'] === 'REPLACE' ? own.tags : source.attributes.tags
  return { headers, metadata, tags, storageClass: own.storageClass }
}
