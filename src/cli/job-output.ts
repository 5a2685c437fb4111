import { once } from 'node:events'
import type { OutputSink } from '../ports/output-sink.ts'

interface Streams {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

/**
 * A job's output on our own streams, byte for byte, no faster than they take it. A reader that has gone away (`| head`)
 * ends it quietly: what comes after is dropped, and `closed` is told once, so that a mere reader can stop.
 */
export function streamOutput(streams: Streams, closed: () => void = () => {}): OutputSink {
  const gone = new Set<NodeJS.WriteStream>()
  for (const stream of new Set([streams.stdout, streams.stderr])) {
    stream.once('error', () => {
      gone.add(stream)
      closed()
    })
  }
  return {
    async write(chunk) {
      const stream = streams[chunk.stream]
      if (gone.has(stream) || stream.destroyed || chunk.bytes.byteLength === 0) return
      if (stream.write(chunk.bytes)) return
      // A stream that breaks while it is full closes without draining.
      await Promise.race([once(stream, 'drain'), once(stream, 'close')]).catch(() => {})
    },
  }
}

/** Drops everything: `--quiet` with `--json`. */
export const noOutput: OutputSink = { write: async () => {} }
