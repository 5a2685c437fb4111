import type { Readable } from 'node:stream'

/** A request whose body has been read, its signature checked: what the query and JSON dialects decode. */
export interface WireRequest {
  readonly method: string
  /** As sent: still percent-encoded, without the query. */
  readonly path: string
  /** As sent, without the question mark. */
  readonly query: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

/** A request whose body still streams, for services (S3) that answer by path and method. */
export interface RestRequest extends Omit<WireRequest, 'body'> {
  /**
   * The content, with any aws-chunked framing taken off. Throws an AwsError at its end where it does not fit its
   * signature, so nothing may become visible before the end. To be read once.
   */
  readonly body: AsyncIterable<Uint8Array>
  /** Length of the content in bytes; undefined where the caller did not say. */
  readonly length: number | undefined
  /** Headers that came after the content; complete when `body` has ended. */
  readonly trailers: ReadonlyMap<string, string>
}

/** What goes back. A stream is sent as it is; its `Content-Length` header is the service's to set. */
export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | Readable | null
}
