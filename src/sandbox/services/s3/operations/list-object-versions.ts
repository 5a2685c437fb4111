import { xmlAnswer } from '../answer.ts'
import type { S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { demandBucket } from '../request/demand.ts'
import { listEncoding, listLimit } from '../request/list-params.ts'
import { listPage } from '../store/list-page.ts'

/** Versions are not kept: every object is the one version `null`, as in a bucket whose versioning was never turned on. */
export const listObjectVersions: S3Operation = {
  name: 'ListObjectVersions',
  handle(request, context) {
    const bucket = demandBucket(request, context)
    const { params } = request
    const encode = listEncoding(params)
    const most = listLimit(params, 'max-keys')
    const [prefix, delimiter] = [params.get('prefix') ?? '', params.get('delimiter') ?? '']
    const [after, version] = [params.get('key-marker') ?? '', params.get('version-id-marker') ?? '']
    if (version !== '' && after === '')
      throw s3Errors.invalidArgument(
        'A version-id marker cannot be specified without a key marker.',
        'version-id-marker',
        version,
      )
    const { entries, next } = listPage(bucket.index.keys, { prefix, delimiter, after, most })
    return xmlAnswer('ListVersionsResult', {
      Name: bucket.config.name,
      Prefix: encode(prefix),
      KeyMarker: encode(after),
      VersionIdMarker: version,
      NextKeyMarker: next === undefined ? undefined : encode(next),
      NextVersionIdMarker: next === undefined ? undefined : 'null',
      MaxKeys: most,
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      EncodingType: params.get('encoding-type') ?? undefined,
      IsTruncated: next !== undefined,
      Version: entries.flatMap(({ kind, name }) => {
        const object = kind === 'key' ? bucket.index.get(name) : undefined
        if (object === undefined) return []
        return [
          {
            ETag: `"${object.etag}"`,
            Size: object.size,
            StorageClass: object.attributes.storageClass,
            Key: encode(object.key),
            VersionId: 'null',
            IsLatest: true,
            LastModified: new Date(object.modified),
            Owner: { ID: context.account },
          },
        ]
      }),
      CommonPrefixes: entries.filter(({ kind }) => kind === 'prefix').map(({ name }) => ({ Prefix: encode(name) })),
    })
  },
}
