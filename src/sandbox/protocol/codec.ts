import { exhaustive } from '../../kit/exhaustive.ts'
import type { AwsError } from '../aws-error.ts'
import type { WireProtocol } from '../service.ts'
import { ec2Codec } from './ec2-codec.ts'
import { jsonCodec } from './json-codec.ts'
import { queryCodec } from './query-codec.ts'
import type { Refusal } from './refusal.ts'
import { restCodec } from './rest-codec.ts'
import type { WireAnswer, WireRequest } from './wire.ts'

/** How a protocol writes down calls, results and errors. */
export interface Codec {
  /** Throws AwsError where the request names no operation or cannot be parsed. */
  decode(request: WireRequest): { readonly operation: string; readonly input: Record<string, unknown> }
  encode(operation: string, output: object, requestId: string): WireAnswer
  encodeError(error: AwsError, requestId: string): WireAnswer
  /** The protocol's own words for an operation that the sandbox does not have. */
  unknownOperation(service: string, operation: string): AwsError
  throttled(): AwsError
  /** A caller whose policies do not allow the call; `why` is AWS's sentence. */
  unauthorized(why: string): AwsError
  refused(refusal: Refusal): AwsError
  internal(): AwsError
}

export function codecFor(protocol: WireProtocol): Codec {
  switch (protocol.kind) {
    case 'ec2':
      return ec2Codec(protocol)
    case 'query':
      return queryCodec(protocol)
    case 'json':
      return jsonCodec(protocol)
    case 'rest-xml':
      return restCodec
    default:
      return exhaustive(protocol)
  }
}
