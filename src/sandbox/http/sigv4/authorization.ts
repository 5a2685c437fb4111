import { Refused } from '../../protocol/refusal.ts'
import type { Incoming } from '../incoming.ts'

/** What a signed request says of its signature, not yet believed. */
export interface Authorization {
  readonly accessKeyId: string
  /** Of the credential scope: `20150830`. */
  readonly day: string
  readonly region: string
  readonly service: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
  /** As sent: `20150830T123600Z`. */
  readonly amzDate: string
  /** Milliseconds since the epoch. */
  readonly signedAt: number
  readonly token: string | undefined
  /** Presigned URLs only: for how long they hold. */
  readonly expiresMs: number | undefined
}

/** Reads the Authorization header or a presigned URL's query; undefined where there is neither. Throws Refused. */
export function authorizationOf(request: Incoming): Authorization | undefined {
  const header = request.headers['authorization']
  if (header !== undefined) return fromHeader(request, header)
  const query = new URLSearchParams(request.query)
  if (query.has('AWSAccessKeyId') && query.has('Signature')) throw new Refused({ kind: 'other-signature' })
  return query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature') ? fromQuery(query) : undefined
}

function fromHeader(request: Incoming, header: string): Authorization {
  const [algorithm = '', rest = ''] = header.trim().split(/\s+(.*)/s)
  demandAlgorithm(algorithm)
  const parts = new Map(
    rest.split(/\s*,\s*/).map((part) => {
      const equals = part.indexOf('=')
      return [part.slice(0, Math.max(0, equals)), part.slice(equals + 1)] as const
    }),
  )
  const amzDate = request.headers['x-amz-date'] ?? basic(request.headers['date'])
  return build({
    credential: parts.get('Credential'),
    signedHeaders: parts.get('SignedHeaders'),
    signature: parts.get('Signature'),
    amzDate,
    token: request.headers['x-amz-security-token'],
    expiresMs: undefined,
  })
}

function fromQuery(query: URLSearchParams): Authorization {
  demandAlgorithm(query.get('X-Amz-Algorithm') ?? '')
  const seconds = Number(query.get('X-Amz-Expires') ?? 'NaN')
  if (!(seconds >= 0 && seconds <= 604_800)) throw malformed('X-Amz-Expires must be a number of seconds up to 604800')
  return build({
    credential: query.get('X-Amz-Credential') ?? undefined,
    signedHeaders: query.get('X-Amz-SignedHeaders') ?? undefined,
    signature: query.get('X-Amz-Signature') ?? undefined,
    amzDate: query.get('X-Amz-Date') ?? undefined,
    token: query.get('X-Amz-Security-Token') ?? undefined,
    expiresMs: seconds * 1000,
  })
}

interface Parts {
  readonly credential: string | undefined
  readonly signedHeaders: string | undefined
  readonly signature: string | undefined
  readonly amzDate: string | undefined
  readonly token: string | undefined
  readonly expiresMs: number | undefined
}

function build(parts: Parts): Authorization {
  const { credential, signedHeaders, signature, amzDate, token, expiresMs } = parts
  if (credential === undefined || signedHeaders === undefined || signature === undefined)
    throw malformed('Credential, SignedHeaders and Signature are all required')
  const scope = /^([^/]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request$/.exec(credential)
  if (scope === null)
    throw malformed('the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".')
  const [, accessKeyId = '', day = '', region = '', service = ''] = scope
  const signedAt = parseBasic(amzDate)
  if (amzDate === undefined || signedAt === undefined) throw malformed('an X-Amz-Date or Date is required')
  if (!amzDate.startsWith(day)) throw malformed(`Credential date ${day} does not match the request's date ${amzDate}`)
  const names = signedHeaders.split(';').map((name) => name.toLowerCase())
  if (!names.includes('host')) throw malformed("'Host' must be a 'SignedHeader' in the AWS Authorization.")
  return { accessKeyId, day, region, service, signedHeaders: names, signature, amzDate, signedAt, token, expiresMs }
}

function demandAlgorithm(algorithm: string): void {
  if (algorithm !== 'AWS4-HMAC-SHA256') throw new Refused({ kind: 'other-signature' })
}

function parseBasic(text: string | undefined): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '')
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second] = match
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(ms) ? undefined : ms
}

function basic(date: string | undefined): string | undefined {
  const ms = Date.parse(date ?? '')
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

function malformed(detail: string): Refused {
  return new Refused({ kind: 'malformed', detail })
}
