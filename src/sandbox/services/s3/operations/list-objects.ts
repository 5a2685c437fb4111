import { xmlAnswer } from '../answer.ts'
import type { S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { demandBucket } from '../request/demand.ts'
import { listEncoding, listLimit } from '../request/list-params.ts'
import type { Bucket } from '../store/bucket.ts'
import { listPage, type ListEntry } from '../store/list-page.ts'

export const listObjectsV2: S3Operation = {
  name: 'ListObjectsV2',
  handle(request, context) {
    const bucket = demandBucket(request, context)
    const { params } = request
    const encode = listEncoding(params)
    const most = listLimit(params, 'max-keys')
    const [prefix, delimiter] = [params.get('prefix') ?? '', params.get('delimiter') ?? '']
    const token = params.get('continuation-token')
    const startAfter = params.get('start-after') ?? ''
    const after = token === null ? startAfter : tokenKey(token)
    const page = listPage(bucket.index.keys, { prefix, delimiter, after, most })
    const owner = params.get('fetch-owner') === 'true' ? { Owner: { ID: context.account } } : {}
    return xmlAnswer('ListBucketResult', {
      Name: bucket.config.name,
      Prefix: encode(prefix),
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      StartAfter: params.has('start-after') ? encode(startAfter) : undefined,
      EncodingType: params.get('encoding-type') ?? undefined,
      KeyCount: page.entries.length,
      MaxKeys: most,
      IsTruncated: page.next !== undefined,
      ContinuationToken: token ?? undefined,
      NextContinuationToken: page.next === undefined ? undefined : Buffer.from(page.next).toString('base64url'),
      ...members(bucket, page.entries, encode, owner),
    })
  },
}

/** The old way, which pages by marker; NextMarker is told only with a delimiter. */
export const listObjects: S3Operation = {
  name: 'ListObjects',
  handle(request, context) {
    const bucket = demandBucket(request, context)
    const { params } = request
    const encode = listEncoding(params)
    const most = listLimit(params, 'max-keys')
    const [prefix, delimiter] = [params.get('prefix') ?? '', params.get('delimiter') ?? '']
    const marker = params.get('marker') ?? ''
    const page = listPage(bucket.index.keys, { prefix, delimiter, after: marker, most })
    return xmlAnswer('ListBucketResult', {
      Name: bucket.config.name,
      Prefix: encode(prefix),
      Marker: encode(marker),
      NextMarker: page.next !== undefined && delimiter !== '' ? encode(page.next) : undefined,
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      EncodingType: params.get('encoding-type') ?? undefined,
      MaxKeys: most,
      IsTruncated: page.next !== undefined,
      ...members(bucket, page.entries, encode, { Owner: { ID: context.account } }),
    })
  },
}

function members(bucket: Bucket, entries: readonly ListEntry[], encode: (text: string) => string, owner: object) {
  return {
    Contents: entries.flatMap((entry) => {
      const object = entry.kind === 'key' ? bucket.index.get(entry.name) : undefined
      if (object === undefined) return []
      return [
        {
          Key: encode(object.key),
          LastModified: new Date(object.modified),
          ETag: `"${object.etag}"`,
          ...(object.checksum === null
            ? {}
            : {
                ChecksumAlgorithm: object.checksum.algorithm.toUpperCase(),
                ChecksumType: object.checksum.type,
              }),
          Size: object.size,
          ...owner,
          StorageClass: object.attributes.storageClass,
        },
      ]
    }),
    CommonPrefixes: entries.filter(({ kind }) => kind === 'prefix').map(({ name }) => ({ Prefix: encode(name) })),
  }
}

function tokenKey(token: string): string {
  const key = Buffer.from(token, 'base64url').toString()
  if (token === '' || Buffer.from(key).toString('base64url') !== token)
    throw s3Errors.invalidArgument('The continuation token provided is incorrect', 'continuation-token', token)
  return key
}
