import { exhaustive } from '../../kit/exhaustive.ts'
import { AwsError } from '../aws-error.ts'
import type { WireProtocol } from '../service.ts'
import type { Codec } from './codec.ts'
import { decodeQuery } from './query-decode.ts'
import type { Refusal } from './refusal.ts'
import { xmlElements, xmlHeader, xmlText } from './xml-write.ts'

/** EC2's own query dialect. Results are written under the names that the operation returns, lists as `<item>`. */
export function ec2Codec(protocol: Extract<WireProtocol, { kind: 'ec2' }>): Codec {
  return {
    decode(request) {
      const call = decodeQuery(request, 'bare')
      if (call.action === undefined)
        throw new AwsError('MissingAction', 'The request is missing an action or a required parameter.')
      return { operation: call.action, input: call.input }
    },
    encode(operation, output, requestId) {
      const name = `${operation}Response`
      return xml(
        200,
        `${xmlHeader}<${name} xmlns="${protocol.namespace}"><requestId>${requestId}</requestId>${xmlElements(output, 'item')}</${name}>`,
      )
    },
    encodeError(error, requestId) {
      const fields = xmlElements({ Code: error.code, Message: error.message, ...error.fields }, null)
      return xml(
        error.status,
        `${xmlHeader}<Response><Errors><Error>${fields}</Error></Errors><RequestID>${xmlText(requestId)}</RequestID></Response>`,
      )
    },
    unknownOperation: (_service, operation) =>
      new AwsError(
        'InvalidAction',
        `The action ${operation} is not valid for this web service. (The muster sandbox does not implement ec2:${operation}.)`,
      ),
    throttled: () => new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503),
    unauthorized: (why) =>
      new AwsError('UnauthorizedOperation', `You are not authorized to perform this operation. ${why}`, 403),
    internal: () => new AwsError('InternalError', 'An internal error has occurred (sandbox.log says which)', 500),
    refused,
  }
}

/** EC2's codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (compiled facts, 2026-09). */
function refused(refusal: Refusal): AwsError {
  switch (refusal.kind) {
    case 'unsigned':
      return new AwsError(
        'MissingAuthenticationToken',
        'The request must contain a valid (registered) AWS access key ID',
        403,
      )
    case 'skewed':
    case 'expired-request':
      return new AwsError('RequestExpired', 'Request has expired.')
    case 'expired-token':
      return new AwsError('RequestExpired', 'Request has expired: the security token has expired.')
    case 'other-signature':
      return new AwsError(
        'AuthFailure',
        'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
        401,
      )
    case 'malformed':
      return new AwsError(
        'AuthFailure',
        `AWS was not able to validate the provided access credentials: ${refusal.detail}`,
        401,
      )
    case 'unknown-key':
    case 'wrong-signature':
    case 'wrong-token':
      return new AwsError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401)
    default:
      return exhaustive(refusal)
  }
}

function xml(status: number, body: string) {
  return { status, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body }
}
