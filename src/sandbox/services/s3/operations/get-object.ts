import type { WireAnswer } from '../../../protocol/wire.ts'
import { checksumHeaders, objectHeaders } from '../answer.ts'
import type { S3Context, S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { byteRange, type ByteRange } from '../request/byte-range.ts'
import { demandConditions } from '../request/conditions.ts'
import { demandBucket, demandKey, demandObject } from '../request/demand.ts'
import { refuseCustomerKeys } from '../request/demand-headers.ts'
import type { S3Request } from '../request/s3-request.ts'
import type { Bucket } from '../store/bucket.ts'
import type { ObjectRecord } from '../store/records.ts'
import { readContent } from '../store/read-content.ts'

export const getObject: S3Operation = {
  name: 'GetObject',
  async handle(request, context) {
    const { bucket, object, part, status, headers } = look(request, context)
    const body = await readContent(bucket, object.extents, part.first, part.last - part.first + 1)
    return { status, headers, body }
  },
}

export const headObject: S3Operation = {
  name: 'HeadObject',
  handle(request, context): WireAnswer {
    const { status, headers } = look(request, context)
    return { status, headers, body: null }
  },
}

interface Look {
  readonly bucket: Bucket
  readonly object: ObjectRecord
  readonly part: ByteRange
  readonly status: number
  readonly headers: Record<string, string>
}

/** Everything of a GET but the content. */
function look(request: S3Request, context: S3Context): Look {
  const bucket = demandBucket(request, context)
  const object = demandObject(bucket, demandKey(request))
  refuseCustomerKeys(request.headers)
  demandConditions(request.headers, object)
  const asked = request.params.has('partNumber')
    ? partRange(object, request.params.get('partNumber') ?? '')
    : byteRange(request.headers['range'], object.size)
  if (asked === 'unsatisfiable')
    throw request.params.has('partNumber')
      ? s3Errors.noSuchPart()
      : s3Errors.invalidRange(request.headers['range'] ?? '', object.size)
  const part = asked === 'whole' ? { first: 0, last: object.size - 1 } : asked
  const headers: Record<string, string> = {
    ...objectHeaders(object),
    ...overrides(request.params),
    'content-length': String(part.last - part.first + 1),
  }
  if (asked === 'whole' && request.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED')
    Object.assign(headers, checksumHeaders(object.checksum))
  if (asked === 'whole') return { bucket, object, part, status: 200, headers }
  headers['content-range'] = `bytes ${part.first}-${part.last}/${object.size}`
  if (request.params.has('partNumber') && object.etag.includes('-'))
    headers['x-amz-mp-parts-count'] = String(object.extents.length)
  return { bucket, object, part, status: 206, headers }
}

/** The bytes that came as one part; an object that came whole has one. */
function partRange(object: ObjectRecord, text: string): ByteRange | 'whole' | 'unsatisfiable' {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 10_000)
    throw s3Errors.invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', text)
  if (object.size === 0) return number === 1 ? 'whole' : 'unsatisfiable'
  const before = object.extents.slice(0, number - 1).reduce((sum, { size }) => sum + size, 0)
  const extent = object.extents[number - 1]
  return extent === undefined ? 'unsatisfiable' : { first: before, last: before + extent.size - 1 }
}

const OVERRIDABLE = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
]

/** `response-content-type=...` and its kin, which a presigned URL may carry. */
function overrides(params: URLSearchParams): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name of OVERRIDABLE) {
    const value = params.get(`response-${name}`)
    if (value === null) continue
    if (!/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value))
      throw s3Errors.invalidArgument('Header value cannot be represented', `response-${name}`, value)
    headers[name] = value
  }
  return headers
}
