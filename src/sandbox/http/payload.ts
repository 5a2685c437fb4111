import { createHash } from 'node:crypto'
import { AwsError } from '../aws-error.ts'
import { chunkedBody, type ChunkSigner } from './sigv4/chunked.ts'

/**
 * How S3's x-amz-content-sha256 says that the body travels: signed as a whole, unsigned, or in aws-chunked frames whose
 * chunks or trailers may be signed one by one.
 */
export interface Payload {
  /** The content itself; throws AwsError at the end where it is not what was signed. */
  readonly body: AsyncIterable<Uint8Array>
  readonly length: number | undefined
  /** Filled when the body has ended. */
  readonly trailers: ReadonlyMap<string, string>
}

export interface PayloadSource {
  readonly sent: AsyncIterable<Uint8Array>
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The value of x-amz-content-sha256, or UNSIGNED-PAYLOAD. */
  readonly declared: string
  readonly signer: ChunkSigner
}

export function openPayload(source: PayloadSource): Payload {
  const { sent, headers, declared, signer } = source
  const trailers = new Map<string, string>()
  if (declared.startsWith('STREAMING-')) {
    const kind = /^STREAMING-(AWS4-HMAC-SHA256-PAYLOAD|UNSIGNED-PAYLOAD)(-TRAILER)?$/.exec(declared)
    if (kind === null) throw new AwsError('InvalidRequest', `The value of x-amz-content-sha256 is invalid: ${declared}`)
    const length = wholeNumber(headers['x-amz-decoded-content-length'])
    if (length === undefined)
      throw new AwsError('MissingContentLength', 'You must provide the X-Amz-Decoded-Content-Length HTTP header.', 411)
    const signed = kind[1] !== 'UNSIGNED-PAYLOAD'
    return { body: chunkedBody({ sent, length, trailers, signer: signed ? signer : undefined }), length, trailers }
  }
  const length = headers['transfer-encoding'] === undefined ? (wholeNumber(headers['content-length']) ?? 0) : undefined
  if (declared === 'UNSIGNED-PAYLOAD') return { body: sent, length, trailers }
  return { body: hashed(sent, declared), length, trailers }
}

async function* hashed(sent: AsyncIterable<Uint8Array>, declared: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const piece of sent) {
    hash.update(piece)
    yield piece
  }
  const computed = hash.digest('hex')
  if (computed !== declared.toLowerCase())
    throw new AwsError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      400,
      { ClientComputedContentSHA256: declared, S3ComputedContentSHA256: computed },
    )
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
