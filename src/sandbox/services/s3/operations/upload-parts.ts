import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { algorithmNamed } from '../checksum/running.ts'
import { checksumHeaders, checksumMembers, emptyAnswer, xmlAnswer } from '../answer.ts'
import type { S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { attributesOf } from '../request/attributes.ts'
import { byteRange } from '../request/byte-range.ts'
import { copySource } from '../request/copy-source.ts'
import { demandBucket, demandKey } from '../request/demand.ts'
import { demandObjectHeaders, refuseCustomerKeys } from '../request/demand-headers.ts'
import { demandUpload, partNumber } from '../request/demand-upload.ts'
import { receive, type Received } from '../request/receive.ts'
import type { S3Request } from '../request/s3-request.ts'
import type { Bucket } from '../store/bucket.ts'
import type { ChecksumAlgorithm } from '../store/records.ts'
import { keep } from '../store/keep.ts'
import { readContent } from '../store/read-content.ts'

export const createMultipartUpload: S3Operation = {
  name: 'CreateMultipartUpload',
  handle(request, context) {
    const bucket = demandBucket(request, context)
    const key = demandKey(request)
    demandObjectHeaders(request, bucket)
    const algorithm = algorithmNamed(request.headers['x-amz-checksum-algorithm']) ?? null
    const type = checksumType(request, algorithm)
    const id = randomBytes(48).toString('base64url')
    keep(bucket, [], () => ({
      did: 'begin',
      upload: {
        id,
        key,
        initiated: context.now(),
        attributes: attributesOf(request),
        checksumAlgorithm: algorithm,
        checksumType: type,
      },
    }))
    const told: Record<string, string> =
      algorithm === null ? {} : { 'x-amz-checksum-algorithm': algorithm.toUpperCase(), 'x-amz-checksum-type': type }
    return xmlAnswer('InitiateMultipartUploadResult', { Bucket: bucket.config.name, Key: key, UploadId: id }, told)
  },
}

function checksumType(request: S3Request, algorithm: ChecksumAlgorithm | null): 'COMPOSITE' | 'FULL_OBJECT' {
  const asked = request.headers['x-amz-checksum-type']
  const type = asked ?? (algorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE')
  const sha = algorithm === 'sha1' || algorithm === 'sha256'
  if ((type !== 'COMPOSITE' && type !== 'FULL_OBJECT') || (type === 'FULL_OBJECT' && sha))
    throw s3Errors.invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm ?? ''} checksum algorithm.`,
    )
  if (type === 'COMPOSITE' && algorithm === 'crc64nvme')
    throw s3Errors.invalidRequest('The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.')
  return type
}

export const uploadPart: S3Operation = {
  name: 'UploadPart',
  async handle(request, context) {
    const bucket = demandBucket(request, context)
    const number = partNumber(request)
    refuseCustomerKeys(request.headers)
    const { upload } = demandUpload(request, bucket)
    const received = await receive(request, bucket.blobs, upload.checksumAlgorithm)
    addPart(request, bucket, number, received, context.now())
    return emptyAnswer(200, {
      etag: `"${received.md5}"`,
      'x-amz-server-side-encryption': 'AES256',
      ...checksumHeaders(received.checksum),
    })
  },
}

export const uploadPartCopy: S3Operation = {
  name: 'UploadPartCopy',
  async handle(request, context) {
    const bucket = demandBucket(request, context)
    const number = partNumber(request)
    const { upload } = demandUpload(request, bucket)
    const from = copySource(request, context)
    const header = request.headers['x-amz-copy-source-range']
    const range = byteRange(header, from.object.size)
    if (range === 'unsatisfiable') throw s3Errors.invalidRange(header ?? '', from.object.size)
    if (range === 'whole' && header !== undefined)
      throw s3Errors.invalidArgument(
        'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
        'x-amz-copy-source-range',
        header,
      )
    const { first, last } = range === 'whole' ? { first: 0, last: from.object.size - 1 } : range
    const content = await readContent(from.bucket, from.object.extents, first, last - first + 1)
    const body = content instanceof Readable ? content : Readable.from([content])
    const source: S3Request = { ...request, headers: {}, body, length: last - first + 1 }
    const received = await receive(source, bucket.blobs, upload.checksumAlgorithm)
    const modified = context.now()
    addPart(request, bucket, number, received, modified)
    return xmlAnswer('CopyPartResult', {
      LastModified: new Date(modified),
      ETag: `"${received.md5}"`,
      ...checksumMembers(received.checksum),
    })
  },
}

function addPart(request: S3Request, bucket: Bucket, number: number, received: Received, modified: number): void {
  const { blob, size, md5, checksum } = received
  keep(bucket, blob === null ? [] : [blob], () => {
    // Again: the upload may have ended while the part came in.
    const { upload } = demandUpload(request, bucket)
    return { did: 'part', upload: upload.id, part: { number, etag: md5, size, modified, blob, checksum } }
  })
}

export const abortMultipartUpload: S3Operation = {
  name: 'AbortMultipartUpload',
  handle(request, context) {
    const bucket = demandBucket(request, context)
    const { upload } = demandUpload(request, bucket)
    keep(bucket, [], () => ({ did: 'abort', upload: upload.id }))
    return emptyAnswer(204)
  },
}
