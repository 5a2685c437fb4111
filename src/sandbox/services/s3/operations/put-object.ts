import { checksumHeaders, emptyAnswer } from '../answer.ts'
import type { S3Operation } from '../context.ts'
import { attributesOf } from '../request/attributes.ts'
import { demandWriteConditions } from '../request/conditions.ts'
import { demandBucket, demandKey } from '../request/demand.ts'
import { demandObjectHeaders } from '../request/demand-headers.ts'
import { receive } from '../request/receive.ts'
import { keep } from '../store/keep.ts'

/** The object is visible when its whole content is on disk and checked, never before, and never in part. */
export const putObject: S3Operation = {
  name: 'PutObject',
  async handle(request, context) {
    const bucket = demandBucket(request, context)
    const key = demandKey(request)
    demandObjectHeaders(request, bucket)
    const attributes = attributesOf(request)
    demandWriteConditions(request.headers, bucket.index.get(key), key)
    const received = await receive(request, bucket.blobs)
    const { blob, size, md5, checksum } = received
    keep(bucket, blob === null ? [] : [blob], () => {
      // Again: another writer may have been quicker while this content came in.
      demandWriteConditions(request.headers, bucket.index.get(key), key)
      const extents = blob === null ? [] : [{ blob, size }]
      return { did: 'put', object: { key, size, etag: md5, modified: context.now(), extents, attributes, checksum } }
    })
    return emptyAnswer(200, {
      etag: `"${md5}"`,
      'x-amz-server-side-encryption': 'AES256',
      ...checksumHeaders(checksum),
    })
  },
}
