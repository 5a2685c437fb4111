import { exhaustive } from '../../kit/exhaustive.ts'
import { AwsError } from '../aws-error.ts'
import type { WireProtocol } from '../service.ts'
import type { Codec } from './codec.ts'
import { decodeQuery } from './query-decode.ts'
import type { Refusal } from './refusal.ts'
import { skewWords } from './skew-words.ts'
import { xmlElements, xmlText } from './xml-write.ts'

/** AWS query (STS): results come as `<XResponse><XResult>`, lists as `<member>`. */
export function queryCodec(protocol: Extract<WireProtocol, { kind: 'query' }>): Codec {
  return {
    decode(request) {
      const call = decodeQuery(request, 'member')
      if (call.action === undefined)
        throw new AwsError('MissingAction', 'The request is missing an action or a required parameter.')
      return { operation: call.action, input: call.input }
    },
    encode(operation, output, requestId) {
      return xml(
        200,
        `<${operation}Response xmlns="${protocol.namespace}"><${operation}Result>${xmlElements(output, 'member')}</${operation}Result>` +
          `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
      )
    },
    encodeError(error, requestId) {
      const fields = xmlElements(
        { Type: error.status < 500 ? 'Sender' : 'Receiver', Code: error.code, Message: error.message, ...error.fields },
        null,
      )
      return xml(
        error.status,
        `<ErrorResponse xmlns="${protocol.namespace}"><Error>${fields}</Error><RequestId>${xmlText(requestId)}</RequestId></ErrorResponse>`,
      )
    },
    unknownOperation: (service, operation) =>
      new AwsError(
        'InvalidAction',
        `Could not find operation ${operation} for version ${protocol.version}. (The muster sandbox does not implement ${service}:${operation}.)`,
      ),
    throttled: () => new AwsError('Throttling', 'Rate exceeded'),
    unauthorized: (why) => new AwsError('AccessDenied', why, 403),
    internal: () => new AwsError('InternalFailure', 'An internal error has occurred (sandbox.log says which)', 500),
    refused,
  }
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html (compiled facts, 2026-09). */
function refused(refusal: Refusal): AwsError {
  switch (refusal.kind) {
    case 'unsigned':
      return new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
    case 'other-signature':
      return new AwsError(
        'IncompleteSignature',
        'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
      )
    case 'malformed':
      return new AwsError('IncompleteSignature', refusal.detail)
    case 'unknown-key':
    case 'wrong-token':
      return new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403)
    case 'expired-token':
      return new AwsError('ExpiredToken', 'The security token included in the request is expired', 403)
    case 'skewed':
      return new AwsError('SignatureDoesNotMatch', skewWords(refusal), 403)
    case 'expired-request':
      return new AwsError('SignatureDoesNotMatch', 'Signature expired', 403)
    case 'wrong-signature':
      return new AwsError(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
        403,
      )
    default:
      return exhaustive(refusal)
  }
}

function xml(status: number, body: string) {
  return { status, headers: { 'content-type': 'text/xml' }, body }
}
