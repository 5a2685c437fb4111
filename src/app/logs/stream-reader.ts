import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { layout, parseSegment, type LogStream, type Segment } from '../../core/job/layout.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { OutputSink } from '../../ports/output-sink.ts'

const unzip = promisify(gunzip)

/** How many segments are fetched ahead of the one being written: they are up to four mebibytes each. */
const AHEAD = 4
/** Nobody makes us reserve more than this by the name of a segment. */
const MOST_AT_ONCE = 8 * 1024 * 1024

export interface StreamReader {
  readonly source: string
  readonly stream: LogStream
  /** Bytes read so far: every byte once and in order. */
  readonly offset: () => number
  /** Reads what has come since; resolves with the number of new bytes. */
  poll(signal?: AbortSignal): Promise<number>
}

/**
 * Reads one stream of a job from the bucket: any number of readers, each with its own place. A segment beyond a gap waits for the
 * one before it (a node may send several at once); one that was sent twice is read once.
 */
export function readStream(
  objects: ObjectStore,
  job: string,
  source: string,
  stream: LogStream,
  output: OutputSink,
): StreamReader {
  const prefix = layout.log(job, source, stream)
  let offset = 0

  const emit = async (segment: Segment, body: Promise<Uint8Array>): Promise<void> => {
    const bytes = await body
    if (segment.offset > offset || segment.offset + bytes.length <= offset) return
    const fresh = bytes.subarray(offset - segment.offset)
    await output.write({ source, stream, bytes: fresh, offset, sentAt: segment.sentAt })
    offset += fresh.length
  }

  const poll = async (signal?: AbortSignal): Promise<number> => {
    const before = offset
    const queue: { segment: Segment; body: Promise<Uint8Array> }[] = []
    let reach = offset
    for await (const { key } of objects.list(prefix, prefix + String(offset).padStart(20, '0'))) {
      const segment = parseSegment(key)
      if (!segment || segment.offset > reach) {
        if (segment) break
        continue
      }
      if (segment.offset + segment.length <= reach) continue
      signal?.throwIfAborted()
      const body = fetchSegment(objects, segment)
      // It is awaited later: until then a failure must not count as unhandled.
      body.catch(() => undefined)
      queue.push({ segment, body })
      reach = segment.offset + segment.length
      const next = queue.length >= AHEAD ? queue.shift() : undefined
      if (next) await emit(next.segment, next.body)
    }
    for (const { segment, body } of queue) await emit(segment, body)
    return offset - before
  }
  return { source, stream, offset: () => offset, poll }
}

async function fetchSegment(objects: ObjectStore, segment: Segment): Promise<Uint8Array> {
  const packed = await objects.getBytes(segment.key)
  if (!packed) throw new MusterError('TransferFailed', `log segment ${segment.key} is listed but not there`)
  // One piece of the right size: by default zlib makes a hundred small ones of each segment, for the collector to sweep up.
  const chunkSize = Math.min(Math.max(64, segment.length + 1), MOST_AT_ONCE)
  const bytes = await unzip(packed, { chunkSize }).catch((cause: unknown) => {
    throw new MusterError('TransferFailed', `log segment ${segment.key} is damaged`, { cause })
  })
  if (bytes.length !== segment.length) {
    throw new MusterError(
      'TransferFailed',
      `log segment ${segment.key} has ${bytes.length} bytes, not ${segment.length}`,
    )
  }
  return bytes
}
