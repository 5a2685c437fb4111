import { AwsError } from '../aws-error.ts'
import { queryCodec } from '../protocol/query-codec.ts'
import type { WireAnswer } from '../protocol/wire.ts'
import type { Incoming } from './incoming.ts'

/**
 * The answer to a service that the sandbox does not have: its name, in the dialect that the request seems to speak, so that any
 * client shows the sentence and not a failure to parse it.
 */
export function unknownService(
  name: string,
  request: Incoming,
  requestId: string,
  known: Iterable<string>,
): WireAnswer {
  const message = `The muster sandbox does not implement the service "${name}"; it has ${[...known].join(', ')}.`
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  if (form || /(^|&)Action=/.test(request.query))
    return queryCodec({ kind: 'query', version: '', namespace: '' }).encodeError(
      new AwsError('InvalidAction', message),
      requestId,
    )
  return {
    // SDKs repeat what they get a 5xx for.
    status: 400,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': 'UnknownOperationException',
    },
    body: JSON.stringify({ __type: 'UnknownOperationException', message }),
  }
}
