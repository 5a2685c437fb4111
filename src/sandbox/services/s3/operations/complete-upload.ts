import { createHash } from 'node:crypto'
import { childrenOf, childText } from '../../../protocol/xml-read.ts'
import { checksumMembers, xmlAnswer } from '../answer.ts'
import { checksumOfParts } from '../checksum/of-parts.ts'
import { ALGORITHMS } from '../checksum/running.ts'
import type { S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { demandWriteConditions } from '../request/conditions.ts'
import { demandBucket, demandKey } from '../request/demand.ts'
import { demandUpload } from '../request/demand-upload.ts'
import { readXmlBody } from '../request/read-xml.ts'
import type { S3Request } from '../request/s3-request.ts'
import type { OpenUpload } from '../store/bucket-index.ts'
import { keep } from '../store/keep.ts'
import type { Checksum, PartRecord } from '../store/records.ts'

const SMALLEST_PART_BYTES = 5 * 1024 * 1024

/** The parts become the object's extents: nothing is copied, whatever the size. */
export const completeMultipartUpload: S3Operation = {
  name: 'CompleteMultipartUpload',
  async handle(request, context) {
    const bucket = demandBucket(request, context)
    const key = demandKey(request)
    const root = await readXmlBody(request, 'CompleteMultipartUpload')
    const open = demandUpload(request, bucket)
    const parts = namedParts(
      childrenOf(root, 'Part').map((node) => ({
        number: Number(childText(node, 'PartNumber') ?? 'NaN'),
        etag: (childText(node, 'ETag') ?? '').trim().replace(/^"(.*)"$/, '$1'),
        checksums: ALGORITHMS.map((algorithm) => childText(node, `Checksum${algorithm.toUpperCase()}`)),
      })),
      open,
    )
    const md5s = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')))
    const etag = `${createHash('md5').update(md5s).digest('hex')}-${parts.length}`
    const checksum = demandedChecksum(request, checksumOfParts(parts, open.upload))
    demandWriteConditions(request.headers, bucket.index.get(key), key)
    keep(bucket, [], () => ({
      did: 'complete',
      upload: open.upload.id,
      object: {
        key,
        size: parts.reduce((sum, { size }) => sum + size, 0),
        etag,
        modified: context.now(),
        extents: parts.flatMap(({ blob, size }) => (blob === null ? [] : [{ blob, size }])),
        attributes: open.upload.attributes,
        checksum,
      },
    }))
    return xmlAnswer('CompleteMultipartUploadResult', {
      Location: `http://${request.headers['host'] ?? ''}/${bucket.config.name}/${encodeURIComponent(key)}`,
      Bucket: bucket.config.name,
      Key: key,
      ETag: `"${etag}"`,
      ...checksumMembers(checksum),
    })
  },
}

interface NamedPart {
  readonly number: number
  readonly etag: string
  /** One a checksum algorithm, where it was sent. */
  readonly checksums: readonly (string | undefined)[]
}

/** The parts that the caller names, held against those that came. Throws MalformedXML, InvalidPartOrder, InvalidPart or EntityTooSmall. */
function namedParts(named: readonly NamedPart[], { upload, parts }: OpenUpload): readonly PartRecord[] {
  if (named.length === 0 || named.some(({ number }) => !Number.isInteger(number))) throw s3Errors.malformedXml()
  const unordered = named.some(({ number }, index) => index > 0 && number <= (named[index - 1]?.number ?? 0))
  if (unordered) throw s3Errors.invalidPartOrder(upload.id)
  const found = named.map((each) => {
    const part = parts.get(each.number)
    if (part === undefined || !isSame(part, each)) throw s3Errors.invalidPart(upload.id, each.number, each.etag)
    return part
  })
  const small = found.slice(0, -1).find(({ size }) => size < SMALLEST_PART_BYTES)
  if (small !== undefined) throw s3Errors.entityTooSmall(small.number, small.size, small.etag)
  return found
}

function isSame(part: PartRecord, { etag, checksums }: NamedPart): boolean {
  const sent = checksums.find((value) => value !== undefined)
  return part.etag === etag && (sent === undefined || part.checksum === null || sent === part.checksum.value)
}

/** Holds the checksum of the whole, where the caller sends one, against what was computed. */
function demandedChecksum(request: S3Request, computed: Checksum | null): Checksum | null {
  const algorithm = ALGORITHMS.find((each) => request.headers[`x-amz-checksum-${each}`] !== undefined)
  if (algorithm === undefined || computed?.algorithm !== algorithm) return computed
  if (request.headers[`x-amz-checksum-${algorithm}`] !== computed.value)
    throw s3Errors.badDigest(`The ${algorithm} you specified did not match the calculated checksum.`)
  return computed
}
