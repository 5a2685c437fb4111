import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Principal } from './credentials.ts'
import type { RestRequest, WireAnswer } from './protocol/wire.ts'

/**
 * A service of the sandbox: a table of operations behind one wire protocol. `http/` finds the service from the request's
 * signature, checks the caller, lets `protocol/` decode the request, calls the operation and encodes what it returns.
 */
export interface Service {
  /** The signing name: `ec2`, `ssm`, `fsx`, `sts`, `s3`. */
  readonly name: string
  readonly protocol: WireProtocol
  readonly operations: ReadonlyMap<string, Operation>
  /** In place of `operations`, for a service whose requests are told apart by method and path and whose bodies stream (S3). */
  match?(request: RestRequest, call: Call): RestOperation
  /** Takes a connection that asks to become a WebSocket; false where its path is none of the service's. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** Ends what the service keeps running; called once when the sandbox stops. */
  close?(): Promise<void>
  /** Removes what the machines may have used to the last; called once when they have ended. */
  sweep?(): Promise<void>
}

export type WireProtocol =
  /** EC2's own query dialect: lists without `.member`, lower-camel XML with `<item>` lists. */
  | { readonly kind: 'ec2'; readonly version: string; readonly namespace: string }
  /** AWS query (STS, IAM): `<XResponse><XResult>`. */
  | { readonly kind: 'query'; readonly version: string; readonly namespace: string }
  /** JSON with an X-Amz-Target header (SSM, FSx). */
  | { readonly kind: 'json'; readonly jsonVersion: '1.0' | '1.1'; readonly targetPrefix: string }
  /** S3, which has its own handler for requests and answers. */
  | { readonly kind: 'rest-xml' }

export interface Operation {
  /** AWS's name of it, such as `DescribeInstances`. */
  readonly name: string
  /**
   * Input is as decoded from the wire (ec2/query: strings, lists and objects by their query keys; json: parsed JSON).
   * The operation validates it, acts, and returns what goes on the wire under the wire's own names. Throws AwsError.
   */
  handle(input: Record<string, unknown>, call: Call): Promise<object> | object
}

/** An operation that a request was found to mean; `answer` carries it out. */
export interface RestOperation {
  readonly name: string
  answer(): Promise<WireAnswer>
}

/** What an operation knows of the request beside its input. */
export interface Call {
  readonly region: string
  readonly requestId: string
  readonly caller: Principal
}
