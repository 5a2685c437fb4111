import { createHash } from 'node:crypto'
import { AwsError } from '../../aws-error.ts'
import type { ObjectDirectory } from '../../world.ts'
import type { S3Context } from './context.ts'
import { s3Errors } from './errors.ts'
import type { Bucket } from './store/bucket.ts'
import { keep } from './store/keep.ts'
import { readContent } from './store/read-content.ts'

/** S3's limit of a key, in bytes of UTF-8. */
const LONGEST_KEY = 1024

/** S3 as other services of the sandbox see it: they read and write as the service-linked role of AWS's would. */
export function objectDirectory({ buckets, now }: S3Context): ObjectDirectory {
  const demand = (name: string): Bucket => {
    const bucket = buckets.find(name)
    if (bucket === undefined) throw s3Errors.noSuchBucket(name)
    return bucket
  }
  return {
    bucket(name) {
      const found = buckets.find(name)
      return found === undefined ? undefined : { region: found.config.region }
    },
    list(name, prefix) {
      const { keys, get } = indexOf(demand(name))
      return keys(prefix).flatMap((key) => {
        const found = get(key)
        return found ? [{ key, size: found.size, etag: found.etag, metadata: found.attributes.metadata }] : []
      })
    },
    async read(name, key) {
      const bucket = demand(name)
      const object = bucket.index.get(key)
      if (object === undefined) throw s3Errors.noSuchKey(key)
      const content = await readContent(bucket, object.extents, 0, object.size)
      return content instanceof Uint8Array ? [content] : content
    },
    async write(name, key, content, metadata) {
      const bucket = demand(name)
      if (Buffer.byteLength(key) > LONGEST_KEY) throw s3Errors.keyTooLong(Buffer.byteLength(key))
      const md5 = createHash('md5')
      const { blob, size } = await bucket.blobs.write(hashed(content, md5))
      if (buckets.find(name) !== bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404)
      const etag = md5.digest('hex')
      const attributes = {
        headers: { 'content-type': 'application/octet-stream' },
        metadata,
        tags: [],
        storageClass: 'STANDARD',
      }
      const extents = blob === null ? [] : [{ blob, size }]
      keep(bucket, blob === null ? [] : [blob], () => ({
        did: 'put',
        object: { key, size, etag, modified: now(), extents, attributes, checksum: null },
      }))
      return etag
    },
  }
}

function indexOf(bucket: Bucket) {
  return {
    get: (key: string) => bucket.index.get(key),
    keys: (prefix: string): string[] => {
      const found: string[] = []
      for (let at = bucket.index.keys.firstFrom(prefix); ; at += 1) {
        const key = bucket.index.keys.at(at)
        if (key === undefined || !key.startsWith(prefix)) return found
        found.push(key)
      }
    },
  }
}

async function* hashed(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  md5: { update(piece: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    md5.update(piece)
    yield piece
  }
}
