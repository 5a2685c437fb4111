import type { RestRequest } from '../../../protocol/wire.ts'
import type { Call } from '../../../service.ts'
import { s3Errors } from '../errors.ts'
import { bucketOfHost } from './virtual-host.ts'

/** A request to S3 with its address read: which bucket, which key, which subresource. */
export interface S3Request extends RestRequest {
  readonly bucket: string | undefined
  readonly key: string | undefined
  readonly params: URLSearchParams
  readonly call: Call
}

const LONGEST_KEY_BYTES = 1024

/** Reads path-style (`/bucket/key`) and virtual-host style (`bucket.localhost`) addresses. Keys are any UTF-8, also `../x`. */
export function s3Request(request: RestRequest, call: Call): S3Request {
  const params = new URLSearchParams(request.query)
  const hosted = bucketOfHost(request.headers['host'] ?? '')
  const path = request.path.slice(1)
  const slash = path.indexOf('/')
  const bucket = hosted ?? (slash < 0 ? path : path.slice(0, slash))
  const rest = hosted === undefined ? (slash < 0 ? '' : path.slice(slash + 1)) : path
  const key = decode(rest)
  if (Buffer.byteLength(key) > LONGEST_KEY_BYTES) throw s3Errors.keyTooLong(Buffer.byteLength(key))
  return { ...request, params, call, bucket: decode(bucket) || undefined, key: key === '' ? undefined : key }
}

/** Percent-decodes UTF-8; throws InvalidURI. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw s3Errors.invalidUri(text)
  }
}
