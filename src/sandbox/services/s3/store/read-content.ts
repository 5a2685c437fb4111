import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Bucket } from './bucket.ts'
import type { Extent } from './records.ts'

const SMALL_BYTES = 128 * 1024

/**
 * `length` bytes of content from `start`. The blobs stay until the stream has closed, also where the object is overwritten
 * meanwhile: a reader gets all of the old content or all of the new.
 */
export async function readContent(
  bucket: Bucket,
  extents: readonly Extent[],
  start: number,
  length: number,
): Promise<Uint8Array | Readable> {
  const pieces = cut(extents, start, length)
  const [only] = pieces
  const unpin = bucket.blobs.pin(pieces.map(({ blob }) => blob))
  if (pieces.length <= 1 && (only === undefined || only.size <= SMALL_BYTES)) {
    try {
      if (only === undefined) return new Uint8Array(0)
      return (await readFile(bucket.blobs.path(only.blob))).subarray(only.from, only.from + length)
    } finally {
      unpin()
    }
  }
  const stream = Readable.from(concatenate(bucket, pieces), { objectMode: false, highWaterMark: 1 << 18 })
  stream.once('close', unpin)
  return stream
}

interface Piece extends Extent {
  readonly from: number
  /** Inclusive. */
  readonly to: number
}

/** Which bytes of which extents make up the range. */
function cut(extents: readonly Extent[], start: number, length: number): readonly Piece[] {
  const pieces: Piece[] = []
  const end = start + length
  let at = 0
  for (const { blob, size } of extents) {
    const from = Math.max(start, at)
    const to = Math.min(end, at + size)
    if (from < to) pieces.push({ blob, size, from: from - at, to: to - at - 1 })
    at += size
  }
  return pieces
}

async function* concatenate(bucket: Bucket, pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
  for (const { blob, from, to } of pieces)
    yield* createReadStream(bucket.blobs.path(blob), { start: from, end: to, highWaterMark: 1 << 18 })
}
