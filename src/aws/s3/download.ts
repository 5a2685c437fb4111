import { Readable } from 'node:stream'
import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3'
import { backoffMs } from '../../kit/backoff.ts'
import { toMusterError } from '../error-map.ts'
import { orNull } from './listing.ts'
import type { S3 } from './s3.ts'

/** How often in a row a broken connection may bring no further byte. */
const MOST_BREAKS = 5

/**
 * An object as a stream; null where there is none. A connection that breaks on the way is taken up again at the byte where
 * it broke, of the same version of the object: a large result does not start over.
 */
export async function download(
  s3: S3,
  key: string,
  signal?: AbortSignal,
): Promise<{ readonly size: number; readonly body: Readable } | null> {
  const first = await orNull(get(s3, key, signal))
  if (first === null) return null
  const open: Open = { key, signal, first, answer: first }
  const body = Readable.from(bytes(s3, open), { objectMode: false })
  quiet(first)
  // Also where nobody ever read a byte: the connection must not be held.
  body.once('close', () => (open.answer.Body as Readable | undefined)?.destroy())
  return { size: first.ContentLength ?? 0, body }
}

interface Open {
  readonly key: string
  readonly signal: AbortSignal | undefined
  readonly first: GetObjectCommandOutput
  /** The one that is being read. */
  answer: GetObjectCommandOutput
}

async function* bytes(s3: S3, open: Open) {
  const { key, signal } = open
  const { ContentLength: size = 0, ETag } = open.first
  let at = 0
  for (let breaks = 0; breaks <= MOST_BREAKS;) {
    try {
      for await (const piece of open.answer.Body as AsyncIterable<Uint8Array>) {
        yield piece
        at += piece.length
        breaks = 0
      }
      if (at >= size) return
      throw Object.assign(new Error(`the connection ended after ${at} of ${size} bytes`), { code: 'ECONNRESET' })
    } catch (error) {
      signal?.throwIfAborted()
      breaks += 1
      // All bytes were there and something is wrong all the same, such as the checksum.
      if (at >= size || breaks > MOST_BREAKS) throw toMusterError(error, s3.context('GetObject'))
    }
    const { clock, ids } = s3.settings
    await clock.sleep(backoffMs({ firstMs: 200, factor: 2, maxMs: 5000 }, breaks - 1, ids.random()), signal)
    open.answer = await get(s3, key, signal, {
      Range: `bytes=${at}-`,
      ...(ETag === undefined ? {} : { IfMatch: ETag }),
    })
    quiet(open.answer)
  }
}

/** A connection may break before anybody reads; whoever reads then is told. */
function quiet(answer: GetObjectCommandOutput): void {
  ;(answer.Body as Readable | undefined)?.on('error', () => {})
}

async function get(
  s3: S3,
  key: string,
  signal: AbortSignal | undefined,
  part: { readonly Range?: string; readonly IfMatch?: string } = {},
): Promise<GetObjectCommandOutput> {
  const command = new GetObjectCommand({ Bucket: await s3.bucket(), Key: key, ...part })
  return s3.send(command, signal === undefined ? {} : { abortSignal: signal })
}
