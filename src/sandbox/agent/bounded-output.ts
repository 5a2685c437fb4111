import type { Readable } from 'node:stream'

/** Keeps the first `limit` bytes of a stream and reads the rest away, so that its writer never blocks. */
export function boundedOutput(stream: Readable, limit: number): { text(): string } {
  const kept: Buffer[] = []
  let room = limit
  stream.on('data', (chunk: Buffer) => {
    if (room === 0) return
    const part = chunk.subarray(0, room)
    room -= part.length
    kept.push(part)
  })
  stream.on('error', () => {})
  return { text: () => Buffer.concat(kept).toString('utf8') }
}
