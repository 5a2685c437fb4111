import type { Call, Service } from '../service.ts'
import type { AccessKey, Credentials } from '../credentials.ts'
import type { Faults } from '../faults/faults.ts'
import { AwsError } from '../aws-error.ts'
import type { CallCounter } from '../calls.ts'
import { codecFor } from '../protocol/codec.ts'
import { Refused } from '../protocol/refusal.ts'
import { restCodec } from '../protocol/rest-codec.ts'
import type { WireAnswer } from '../protocol/wire.ts'
import type { RatedCall, Rates } from '../rates/rates.ts'
import type { CheckedCall } from '../world.ts'
import { ClientGone } from './client-gone.ts'
import type { Incoming } from './incoming.ts'
import { openPayload, type Payload } from './payload.ts'
import { readBody } from './read-body.ts'
import { guessService } from './guess-service.ts'
import { unknownService } from './unknown-service.ts'
import { authorizationOf, type Authorization } from './sigv4/authorization.ts'
import { presignedV2, SIGV2_REGION, verifyV2, type PresignedV2 } from './sigv2.ts'
import { sha256, sign, stringToSign } from './sigv4/canonical.ts'
import { verify } from './sigv4/verify.ts'

/** What answering needs of the sandbox. */
export interface Reception {
  readonly services: ReadonlyMap<string, Service>
  readonly credentials: Credentials
  readonly faults: Faults
  readonly rates: Rates
  readonly counter: CallCounter
  /** Why the caller's policies do not allow the call; null where they do. */
  readonly refusal: (call: CheckedCall) => string | null
  /** Wall-clock time, which callers sign; never a clock that a test has moved. */
  readonly now: () => number
  /** Told of what was no AwsError: a bug of the sandbox. */
  readonly onBug: (error: unknown, operation: string) => void
}

const MOST_BODY_BYTES = 16 * 1024 * 1024

/** Answers one request in its service's own protocol. Never throws for what the caller did wrong. */
export async function exchange(
  request: Incoming,
  sent: AsyncIterable<Uint8Array>,
  requestId: string,
  reception: Reception,
): Promise<WireAnswer> {
  let auth: Authorization | PresignedV2 | undefined
  try {
    auth = presignedV2(request) ?? authorizationOf(request)
    if (auth === undefined) throw new Refused({ kind: 'unsigned' })
  } catch (error) {
    return refuse(error, guessService(request, reception.services), requestId)
  }
  const name = 'service' in auth ? auth.service : 's3'
  const service = reception.services.get(name)
  if (service === undefined) return unknownService(name, request, requestId, reception.services.keys())
  const codec = codecFor(service.protocol)
  const at = { operation: service.name }
  try {
    const to = { reception, service, at }
    if (!('service' in auth)) return await callPresignedV2(request, sent, requestId, to, auth)
    return service.match === undefined
      ? await callTable(request, sent, requestId, to, auth)
      : await callRest(request, sent, requestId, to, auth)
  } catch (error) {
    if (error instanceof ClientGone) throw error
    if (error instanceof Refused) return codec.encodeError(codec.refused(error.refusal), requestId)
    if (error instanceof AwsError) return codec.encodeError(error, requestId)
    reception.onBug(error, at.operation)
    return codec.encodeError(codec.internal(), requestId)
  }
}

interface Addressed {
  readonly reception: Reception
  readonly service: Service
  /** Filled in as it becomes known, for the log. */
  readonly at: { operation: string }
}

/** EC2, STS, SSM, FSx: the body is read whole, its hash is part of the signature. */
async function callTable(
  request: Incoming,
  sent: AsyncIterable<Uint8Array>,
  requestId: string,
  to: Addressed,
  auth: Authorization,
) {
  const { reception, service } = to
  const codec = codecFor(service.protocol)
  const body = await readBody(sent, MOST_BODY_BYTES)
  const key = verify(request, auth, sha256(body), reception.credentials, reception.now())
  const { operation, input } = codec.decode({ ...request, body })
  to.at.operation = `${service.name}:${operation}`
  demandUnexpired(key, to)
  const found = service.operations.get(operation)
  if (found === undefined) throw codec.unknownOperation(service.name, operation)
  throttle(to, { service: service.name, operation, region: auth.region, input })
  authorize(to, { caller: key.principal, service: service.name, operation, region: auth.region, input })
  return codec.encode(operation, await found.handle(input, callOf(auth.region, key, requestId)), requestId)
}

/** S3: the body streams, and what was signed for it is in a header. */
async function callRest(
  request: Incoming,
  sent: AsyncIterable<Uint8Array>,
  requestId: string,
  to: Addressed,
  auth: Authorization,
) {
  const { reception } = to
  const declared =
    request.headers['x-amz-content-sha256'] ?? (auth.expiresMs === undefined ? undefined : 'UNSIGNED-PAYLOAD')
  if (declared === undefined)
    throw new AwsError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256')
  const key = verify(request, auth, declared, reception.credentials, reception.now())
  const payload = openPayload({
    sent,
    headers: request.headers,
    declared,
    signer: {
      seed: auth.signature,
      chunk: (previous, hash) =>
        sign(key.secretAccessKey, auth, stringToSign(auth, 'AWS4-HMAC-SHA256-PAYLOAD', previous, sha256(''), hash)),
      trailer: (previous, hash) =>
        sign(key.secretAccessKey, auth, stringToSign(auth, 'AWS4-HMAC-SHA256-TRAILER', previous, hash)),
    },
  })
  demandUnexpired(key, to)
  return answerRest(request, payload, callOf(auth.region, key, requestId), to)
}

/** The content is not signed, nor is the region: version 2 is for one region. */
function callPresignedV2(
  request: Incoming,
  sent: AsyncIterable<Uint8Array>,
  requestId: string,
  to: Addressed,
  url: PresignedV2,
) {
  const key = verifyV2(request, url, to.reception.credentials, to.reception.now())
  const unsigned = { seed: '', chunk: () => '', trailer: () => '' }
  const payload = openPayload({ sent, headers: request.headers, declared: 'UNSIGNED-PAYLOAD', signer: unsigned })
  return answerRest(request, payload, callOf(SIGV2_REGION, key, requestId), to)
}

async function answerRest(request: Incoming, payload: Payload, call: Call, to: Addressed): Promise<WireAnswer> {
  const { service } = to
  const matched = service.match?.({ ...request, ...payload }, call)
  if (matched === undefined) throw new TypeError(`the service ${service.name} matches nothing`)
  to.at.operation = `${service.name}:${matched.name}`
  const named = { service: service.name, operation: matched.name, region: call.region, input: {} }
  throttle(to, named)
  authorize(to, { ...named, caller: call.caller })
  return matched.answer()
}

function callOf(region: string, key: AccessKey, requestId: string): Call {
  return { region, requestId, caller: key.principal }
}

/** The scripted expiry: of keys that were given out before it, and not of nodes' roles. A new login goes through. */
function demandUnexpired({ principal, issuedAt = 0 }: AccessKey, { reception, at }: Addressed): void {
  if (principal.instanceId !== null || at.operation === 'sts:GetSessionToken') return
  const { faults } = reception
  const hit = faults.take('expired-token', (fault) => issuedAt <= (faults.addedAt(fault) ?? 0))
  if (hit !== undefined) throw new Refused({ kind: 'expired-token' })
}

function authorize({ reception, service }: Addressed, call: CheckedCall): void {
  const why = reception.refusal(call)
  if (why !== null) throw codecFor(service.protocol).unauthorized(why)
}

/** Counts the call, and refuses it where a fault or a rate says so. */
function throttle({ reception, service, at }: Addressed, call: RatedCall): void {
  const { counter, faults, rates } = reception
  counter.called(at.operation)
  const hit = faults.take(
    'throttle',
    ({ operation }) => operation === '*' || operation === at.operation || operation === `${service.name}:*`,
  )
  if (hit === undefined && rates.allow(call)) return
  counter.throttled(at.operation)
  throw codecFor(service.protocol).throttled()
}

function refuse(error: unknown, service: Service | undefined, requestId: string): WireAnswer {
  if (!(error instanceof Refused)) throw error
  const codec = service === undefined ? restCodec : codecFor(service.protocol)
  return codec.encodeError(codec.refused(error.refusal), requestId)
}
