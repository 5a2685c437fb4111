import { exhaustive } from '../../kit/exhaustive.ts'
import { AwsError } from '../aws-error.ts'
import type { Codec } from './codec.ts'
import type { Refusal } from './refusal.ts'
import { xmlElements, xmlHeader } from './xml-write.ts'

/** The part of S3's dialect that is the same for every operation: errors. Calls and results are the service's own. */
export const restCodec: Codec = {
  decode: () => {
    throw new TypeError('a REST service reads its requests itself')
  },
  encode: () => {
    throw new TypeError('a REST service writes its answers itself')
  },
  encodeError: (error, requestId) => ({
    status: error.status,
    headers: {
      'content-type': 'application/xml',
      // A HEAD has no body: this is how its caller finds the bucket's region.
      ...(error.fields['Region'] === undefined ? {} : { 'x-amz-bucket-region': error.fields['Region'] }),
    },
    body:
      error.status === 304
        ? null
        : `${xmlHeader}<Error>${xmlElements({ Code: error.code, Message: error.message, ...error.fields, RequestId: requestId, HostId: 'muster-sandbox' }, null)}</Error>`,
  }),
  unknownOperation: (service, operation) =>
    new AwsError(
      'NotImplemented',
      `A header or query you provided implies functionality that is not implemented: the muster sandbox does not implement ${service}:${operation}.`,
      501,
    ),
  throttled: () => new AwsError('SlowDown', 'Please reduce your request rate.', 503),
  unauthorized: (why) => new AwsError('AccessDenied', why, 403),
  internal: () =>
    new AwsError('InternalError', 'We encountered an internal error. Please try again. (sandbox.log says which)', 500),
  refused,
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (compiled facts, 2026-09). */
function refused(refusal: Refusal): AwsError {
  switch (refusal.kind) {
    case 'unsigned':
      return new AwsError('AccessDenied', 'Access Denied', 403)
    case 'other-signature':
      return new AwsError(
        'InvalidRequest',
        'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
      )
    case 'malformed':
      return new AwsError('AuthorizationHeaderMalformed', `The authorization header is malformed; ${refusal.detail}`)
    case 'unknown-key':
      return new AwsError(
        'InvalidAccessKeyId',
        'The AWS Access Key Id you provided does not exist in our records.',
        403,
        {
          AWSAccessKeyId: refusal.accessKeyId,
        },
      )
    case 'wrong-token':
      return new AwsError('InvalidToken', 'The provided token is malformed or otherwise invalid.')
    case 'expired-token':
      return new AwsError('ExpiredToken', 'The provided token has expired.')
    case 'skewed':
      return new AwsError(
        'RequestTimeTooSkewed',
        'The difference between the request time and the current time is too large.',
        403,
        {
          RequestTime: new Date(refusal.signedAt).toISOString(),
          ServerTime: new Date(refusal.now).toISOString(),
          MaxAllowedSkewMilliseconds: '900000',
        },
      )
    case 'expired-request':
      return new AwsError('AccessDenied', 'Request has expired', 403, {
        Expires: new Date(refusal.expiredAt).toISOString(),
        ServerTime: new Date(refusal.now).toISOString(),
      })
    case 'wrong-signature':
      return new AwsError(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
        403,
        {
          AWSAccessKeyId: refusal.accessKeyId,
          StringToSign: refusal.stringToSign,
          SignatureProvided: refusal.signature,
          CanonicalRequest: refusal.canonicalRequest,
        },
      )
    default:
      return exhaustive(refusal)
  }
}
