import { createHash } from 'node:crypto'
import { AwsError } from '../../aws-error.ts'
import { ByteReader } from '../byte-reader.ts'
import { sha256 } from './canonical.ts'
import { same } from './verify.ts'

/** Signs the chunks of a body, each over the signature before it. The first `previous` is the request's own signature. */
export interface ChunkSigner {
  readonly seed: string
  chunk(previous: string, dataHash: string): string
  trailer(previous: string, trailerHash: string): string
}

interface Source {
  readonly sent: AsyncIterable<Uint8Array>
  /** Of the content, from x-amz-decoded-content-length. */
  readonly length: number
  readonly trailers: Map<string, string>
  /** Undefined where chunks are not signed. */
  readonly signer: ChunkSigner | undefined
}

/**
 * Takes the aws-chunked framing off: `hex-size[;chunk-signature=...]\r\n data \r\n`, a chunk of no bytes, then trailers. Content is
 * passed on before its chunk's signature is known, so a wrong one throws at the chunk's end.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html (compiled facts, 2026-09).
 */
export async function* chunkedBody(source: Source): AsyncGenerator<Uint8Array> {
  const { signer, trailers } = source
  const reader = new ByteReader(source.sent)
  const signatures = checkedSignatures(signer)
  let left = source.length
  for (;;) {
    const head = await readHead(reader)
    left -= head.size
    if (left < 0) throw wrongLength()
    const hash = createHash('sha256')
    for await (const piece of reader.take(head.size)) {
      if (signer !== undefined) hash.update(piece)
      yield piece
    }
    signatures.chunk(hash.digest('hex'), head.signature)
    if (head.size === 0) break
    if ((await reader.line(16)) !== '') throw wrongFraming()
  }
  const signature = await readTrailers(reader, trailers)
  if (left !== 0) throw wrongLength()
  if (trailers.size > 0) signatures.trailers(trailers, signature)
}

/** Follows the chain of signatures; checks nothing where chunks are not signed. */
function checkedSignatures(signer: ChunkSigner | undefined) {
  let previous = signer?.seed ?? ''
  return {
    chunk(dataHash: string, sent: string | undefined): void {
      if (signer === undefined) return
      previous = signer.chunk(previous, dataHash)
      if (!same(previous, sent ?? '')) throw wrongSignature()
    },
    trailers(trailers: ReadonlyMap<string, string>, sent: string | undefined): void {
      if (signer === undefined) return
      const text = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('')
      if (!same(signer.trailer(previous, sha256(text)), sent ?? '')) throw wrongSignature()
    },
  }
}

async function readHead(
  reader: ByteReader,
): Promise<{ readonly size: number; readonly signature: string | undefined }> {
  const line = await reader.line(1024)
  const match = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line ?? '')
  if (match === null) throw wrongFraming()
  return { size: Number.parseInt(match[1] ?? '', 16), signature: match[2] }
}

/** Fills the trailers up to an empty line or the end; returns their signature where there is one. */
async function readTrailers(reader: ByteReader, trailers: Map<string, string>): Promise<string | undefined> {
  let signature: string | undefined
  for (;;) {
    const line = await reader.line(8192)
    if (line === undefined || line === '') break
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    if (name === 'x-amz-trailer-signature') signature = value
    else if (name !== '') trailers.set(name, value)
  }
  await reader.drain()
  return signature
}

function wrongFraming(): AwsError {
  return new AwsError('IncompleteBody', 'The request body terminated unexpectedly')
}

function wrongLength(): AwsError {
  return new AwsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the x-amz-decoded-content-length header',
  )
}

function wrongSignature(): AwsError {
  return new AwsError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    403,
  )
}
