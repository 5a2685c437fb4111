import type { JobOutput } from './job-output.ts'
import { writePatiently, type Terminal } from './terminal.ts'

/** Writes job output, bytes untouched, and knows whether the terminal stands in the middle of one of its lines. */
export interface OutputWriter {
  write(chunk: JobOutput): Promise<void>
  /** What has to be written to stderr before a line of our own: a line break where the job left one open, or nothing. */
  freshLine(): string
  isMidLine(): boolean
}

const NEWLINE = 0x0a

export function createOutputWriter(out: { readonly stderr: Terminal; readonly stdout: Terminal }): OutputWriter {
  let midLine = false
  return {
    async write({ stream, bytes }) {
      const target = out[stream]
      // Only what lands on the same screen as our own lines can tear them.
      if (bytes.length > 0 && target.isTTY === true && out.stderr.isTTY === true) midLine = bytes.at(-1) !== NEWLINE
      await writePatiently(target, bytes)
    },
    freshLine() {
      const text = midLine ? '\n' : ''
      midLine = false
      return text
    },
    isMidLine: () => midLine,
  }
}
