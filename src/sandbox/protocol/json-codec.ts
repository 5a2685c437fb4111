import { exhaustive } from '../../kit/exhaustive.ts'
import { AwsError } from '../aws-error.ts'
import type { WireProtocol } from '../service.ts'
import type { Codec } from './codec.ts'
import type { Refusal } from './refusal.ts'
import { skewWords } from './skew-words.ts'
import type { WireAnswer } from './wire.ts'

/** AWS JSON (SSM, FSx): the operation is in X-Amz-Target. Dates in results go out as epoch seconds. */
export function jsonCodec(protocol: Extract<WireProtocol, { kind: 'json' }>): Codec {
  const answer = (status: number, body: unknown, requestId: string): WireAnswer => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${protocol.jsonVersion}`, 'x-amzn-requestid': requestId },
    body: JSON.stringify(body),
  })
  return {
    decode(request) {
      const [prefix, operation] = split(request.headers['x-amz-target'] ?? '')
      if (operation === '' || prefix !== protocol.targetPrefix)
        throw new AwsError(
          'UnknownOperationException',
          `The X-Amz-Target header must be ${protocol.targetPrefix}.<operation>`,
        )
      return { operation, input: parse(request.body) }
    },
    encode: (_operation, output, requestId) => answer(200, plain(output), requestId),
    encodeError: (error, requestId) =>
      answer(error.status, { __type: error.code, message: error.message, ...error.fields }, requestId),
    unknownOperation: (service, operation) =>
      new AwsError('UnknownOperationException', `The muster sandbox does not implement ${service}:${operation}.`),
    throttled: () => new AwsError('ThrottlingException', 'Rate exceeded'),
    unauthorized: (why) => new AwsError('AccessDeniedException', why),
    internal: () => new AwsError('InternalServerError', 'An internal error has occurred (sandbox.log says which)', 500),
    refused,
  }
}

function split(target: string): [string, string] {
  const dot = target.lastIndexOf('.')
  return [target.slice(0, Math.max(0, dot)), target.slice(dot + 1)]
}

function parse(body: Uint8Array): Record<string, unknown> {
  const text = new TextDecoder().decode(body)
  let value: unknown
  try {
    value = text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    throw new AwsError('SerializationException', 'The request body is not valid JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AwsError(
      'SerializationException',
      'Start of structure or map expected: the request body must be a JSON object',
    )
  return value as Record<string, unknown>
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html and boto's words (compiled facts, 2026-09). */
function refused(refusal: Refusal): AwsError {
  switch (refusal.kind) {
    case 'unsigned':
      return new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token')
    case 'other-signature':
      return new AwsError(
        'IncompleteSignatureException',
        'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
      )
    case 'malformed':
      return new AwsError('IncompleteSignatureException', refusal.detail)
    case 'unknown-key':
    case 'wrong-token':
      return new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.')
    case 'expired-token':
      return new AwsError('ExpiredTokenException', 'The security token included in the request is expired')
    case 'skewed':
      return new AwsError('InvalidSignatureException', skewWords(refusal))
    case 'expired-request':
      return new AwsError('InvalidSignatureException', 'Signature expired')
    case 'wrong-signature':
      return new AwsError(
        'InvalidSignatureException',
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      )
    default:
      return exhaustive(refusal)
  }
}
