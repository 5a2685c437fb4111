import { createHash, createHmac } from 'node:crypto'
import type { Incoming } from '../incoming.ts'
import type { Authorization } from './authorization.ts'
import { normalize, uriEncode } from './encode.ts'

/**
 * What a caller of AWS signs: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * (compiled facts, 2026-09). S3 encodes its path once and takes it as it is; all others encode what was sent once more and remove dots.
 */
export function canonicalRequest(request: Incoming, auth: Authorization, payloadHash: string): string {
  return [
    request.method,
    auth.service === 's3' ? s3Path(request.path) : otherPath(request.path),
    canonicalQuery(request.query),
    ...auth.signedHeaders.map((name) => `${name}:${headerValue(request, name)}`),
    '',
    auth.signedHeaders.join(';'),
    payloadHash,
  ].join('\n')
}

/** `algorithm` differs for the chunks of an aws-chunked body. */
export function stringToSign(auth: Authorization, algorithm: string, ...rest: readonly string[]): string {
  return [algorithm, auth.amzDate, scopeOf(auth), ...rest].join('\n')
}

export function sign(secret: string, auth: Authorization, text: string): string {
  const day = hmac(`AWS4${secret}`, auth.day)
  const key = hmac(hmac(hmac(day, auth.region), auth.service), 'aws4_request')
  return hmac(key, text).toString('hex')
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function scopeOf(auth: Authorization): string {
  return `${auth.day}/${auth.region}/${auth.service}/aws4_request`
}

function hmac(key: string | Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function headerValue(request: Incoming, name: string): string {
  return request
    .values(name)
    .map((value) => value.trim().replace(/\s+/g, ' '))
    .join(',')
}

function s3Path(path: string): string {
  return path
    .split('/')
    .map((segment) => normalize(segment, false))
    .join('/')
}

function otherPath(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(uriEncode(segment))
  }
  return `/${kept.join('/')}${kept.length > 0 && path.endsWith('/') ? '/' : ''}`
}

/** Sorted by encoded name, then value; a name without `=` has an empty value; the presigned signature is not part of it. */
function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '' && !pair.startsWith('X-Amz-Signature='))
    .map((pair) => {
      const equals = pair.indexOf('=')
      const name = equals < 0 ? pair : pair.slice(0, equals)
      return [normalize(name, true), equals < 0 ? '' : normalize(pair.slice(equals + 1), true)] as const
    })
    .toSorted((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
