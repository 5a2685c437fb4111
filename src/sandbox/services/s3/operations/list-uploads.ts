import { checksumMembers, xmlAnswer } from '../answer.ts'
import type { S3Context, S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { demandBucket } from '../request/demand.ts'
import { demandUpload } from '../request/demand-upload.ts'
import { listEncoding, listLimit } from '../request/list-params.ts'
import { compareKeys } from '../store/key-order.ts'

export const listParts: S3Operation = {
  name: 'ListParts',
  handle(request, context) {
    const bucket = demandBucket(request, context)
    const { upload, parts } = demandUpload(request, bucket)
    const most = listLimit(request.params, 'max-parts')
    const text = request.params.get('part-number-marker') ?? '0'
    if (!/^\d{1,9}$/.test(text))
      throw s3Errors.invalidArgument('Provided part-number-marker not an integer', 'part-number-marker', text)
    const all = [...parts.values()]
      .filter(({ number }) => number > Number(text))
      .toSorted((a, b) => a.number - b.number)
    const page = all.slice(0, most)
    return xmlAnswer('ListPartsResult', {
      Bucket: bucket.config.name,
      Key: listEncoding(request.params)(upload.key),
      UploadId: upload.id,
      ...people(context),
      StorageClass: upload.attributes.storageClass,
      ChecksumAlgorithm: upload.checksumAlgorithm?.toUpperCase(),
      PartNumberMarker: Number(text),
      NextPartNumberMarker: page.at(-1)?.number ?? 0,
      MaxParts: most,
      IsTruncated: all.length > page.length,
      Part: page.map((part) => ({
        PartNumber: part.number,
        LastModified: new Date(part.modified),
        ETag: `"${part.etag}"`,
        Size: part.size,
        ...checksumMembers(part.checksum === null ? null : part.checksum),
        ChecksumType: undefined,
      })),
    })
  },
}

export const listMultipartUploads: S3Operation = {
  name: 'ListMultipartUploads',
  handle(request, context) {
    const bucket = demandBucket(request, context)
    const { params } = request
    const encode = listEncoding(params)
    const most = listLimit(params, 'max-uploads')
    const [prefix, delimiter] = [params.get('prefix') ?? '', params.get('delimiter') ?? '']
    const [keyMarker, idMarker] = [params.get('key-marker') ?? '', params.get('upload-id-marker') ?? '']
    const all = bucket.index
      .uploads()
      .map(({ upload }) => upload)
      .filter(({ key }) => key.startsWith(prefix))
      .toSorted((a, b) => compareKeys(a.key, b.key) || a.initiated - b.initiated || compareKeys(a.id, b.id))
    const from = all.findIndex(({ key, id }) => key === keyMarker && id === idMarker) + 1
    const behind =
      from > 0 ? all.slice(from) : all.filter(({ key }) => keyMarker === '' || compareKeys(key, keyMarker) > 0)
    const cut = (key: string): number => (delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length))
    const direct = behind.filter(({ key }) => cut(key) < 0)
    const page = direct.slice(0, most)
    const prefixes = behind
      .filter(({ key }) => cut(key) >= 0)
      .map(({ key }) => key.slice(0, cut(key) + delimiter.length))
    const last = page.at(-1)
    const truncated = direct.length > page.length
    return xmlAnswer('ListMultipartUploadsResult', {
      Bucket: bucket.config.name,
      KeyMarker: encode(keyMarker),
      UploadIdMarker: idMarker,
      NextKeyMarker: truncated && last !== undefined ? encode(last.key) : undefined,
      NextUploadIdMarker: truncated ? last?.id : undefined,
      Prefix: encode(prefix),
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      EncodingType: params.get('encoding-type') ?? undefined,
      MaxUploads: most,
      IsTruncated: truncated,
      Upload: page.map(({ key, id, initiated, attributes, checksumAlgorithm }) => ({
        Key: encode(key),
        UploadId: id,
        ...people(context),
        StorageClass: attributes.storageClass,
        Initiated: new Date(initiated),
        ChecksumAlgorithm: checksumAlgorithm?.toUpperCase(),
      })),
      CommonPrefixes: [...new Set(prefixes)].map((each) => ({ Prefix: encode(each) })),
    })
  },
}

function people({ account }: S3Context) {
  const who = { ID: account, DisplayName: 'sandbox' }
  return { Initiator: who, Owner: who }
}
