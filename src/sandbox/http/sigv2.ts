import { createHmac } from 'node:crypto'
import type { AccessKey, Credentials } from '../credentials.ts'
import { Refused } from '../protocol/refusal.ts'
import type { Incoming } from './incoming.ts'
import { demandToken, same } from './sigv4/verify.ts'

/** What a URL of `aws s3 presign` says of itself, not yet believed. */
export interface PresignedV2 {
  readonly accessKeyId: string
  readonly signature: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  readonly token: string | undefined
}

/** S3 took version 2 from the beginning, and still does there: botocore presigns with it for us-east-1 (its `_default_s3_presign_to_sigv2`). */
export const SIGV2_REGION = 'us-east-1'

/** Words of the query that are signed (botocore's HmacV1Auth.QSAOfInterest, without what no URL is presigned for). */
const SIGNED = new Set([
  'partNumber',
  'uploadId',
  'versionId',
  'tagging',
  ...['content-type', 'content-language', 'expires', 'cache-control', 'content-disposition', 'content-encoding'].map(
    (header) => `response-${header}`,
  ),
])
const ITS_OWN = new Set([
  'AWSAccessKeyId',
  'Signature',
  'Expires',
  'x-amz-security-token',
  'content-type',
  'content-md5',
])

/**
 * Reads a presigned URL of version 2. Undefined where there is none, and where the query holds more than this version
 * signs: who has such a URL could make of it another request. Throws Refused.
 */
export function presignedV2(request: Incoming): PresignedV2 | undefined {
  const query = new URLSearchParams(request.query)
  const [accessKeyId, signature] = [query.get('AWSAccessKeyId'), query.get('Signature')]
  if (accessKeyId === null || signature === null || request.method === 'POST') return undefined
  if ([...query.keys()].some((name) => !ITS_OWN.has(name) && !SIGNED.has(name))) return undefined
  const expires = query.get('Expires') ?? ''
  if (!/^\d{1,12}$/.test(expires))
    throw new Refused({ kind: 'malformed', detail: 'Expires must be in seconds since the epoch' })
  const token = query.get('x-amz-security-token') ?? undefined
  return { accessKeyId, signature, expiresAt: Number(expires) * 1000, token }
}

/** Checks key, time, signature and token of a presigned URL. Throws Refused. */
export function verifyV2(request: Incoming, url: PresignedV2, credentials: Credentials, now: number): AccessKey {
  const key = credentials.find(url.accessKeyId)
  if (key === undefined) throw new Refused({ kind: 'unknown-key', accessKeyId: url.accessKeyId })
  if (now > url.expiresAt) throw new Refused({ kind: 'expired-request', expiredAt: url.expiresAt, now })
  const text = stringToSign(request, url)
  const signature = createHmac('sha1', key.secretAccessKey).update(text).digest('base64')
  if (!same(signature, url.signature))
    throw new Refused({
      kind: 'wrong-signature',
      accessKeyId: url.accessKeyId,
      canonicalRequest: '',
      stringToSign: text,
      signature: url.signature,
    })
  demandToken(key, url.token, now)
  return key
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationQueryStringAuth */
function stringToSign(request: Incoming, url: PresignedV2): string {
  const amz = Object.entries(request.headers)
    .filter(([name, value]) => name.startsWith('x-amz-') && value !== undefined)
    .map(
      ([name]) =>
        [
          name,
          request
            .values(name)
            .map((value) => value.trim())
            .join(','),
        ] as const,
    )
  if (url.token !== undefined) amz.push(['x-amz-security-token', url.token])
  return [
    request.method,
    request.headers['content-md5'] ?? '',
    request.headers['content-type'] ?? '',
    String(url.expiresAt / 1000),
    ...amz.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}:${value}`),
    resource(request),
  ].join('\n')
}

function resource({ path, query }: Incoming): string {
  const signed = query
    .split('&')
    .map((pair) => [pair, pair.split('=', 1)[0] ?? ''] as const)
    .filter(([, name]) => SIGNED.has(name))
    .toSorted(([, a], [, b]) => (a < b ? -1 : 1))
    .map(([pair]) => unquoted(pair))
  return signed.length === 0 ? path : `${path}?${signed.join('&')}`
}

/** Their values are signed as they are meant, not as they travel. */
function unquoted(pair: string): string {
  try {
    return decodeURIComponent(pair)
  } catch {
    return pair
  }
}
