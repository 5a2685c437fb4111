import type { LogStream } from '../../src/core/job/layout.ts'
import type { OutputChunk, OutputSink } from '../../src/ports/output-sink.ts'

/** Collects output, and throws at once where a byte is repeated, skipped or out of order within its source and stream. */
export interface FakeOutputSink extends OutputSink {
  readonly chunks: readonly OutputChunk[]
  /** Everything of one stream, or of all sources in order of arrival. */
  text(stream?: LogStream, source?: string): string
}

export function fakeOutputSink(): FakeOutputSink {
  const chunks: OutputChunk[] = []
  const ends = new Map<string, number>()
  return {
    chunks,
    async write(chunk) {
      const name = `${chunk.source}/${chunk.stream}`
      const end = ends.get(name)
      if (end !== undefined && end !== chunk.offset) {
        throw new Error(`${name}: expected byte ${end}, got a chunk at ${chunk.offset}`)
      }
      ends.set(name, chunk.offset + chunk.bytes.length)
      chunks.push(chunk)
    },
    text: (stream = 'stdout', source) =>
      Buffer.concat(
        chunks
          .filter((one) => one.stream === stream && (source === undefined || one.source === source))
          .map((one) => one.bytes),
      ).toString(),
  }
}
