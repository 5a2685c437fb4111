import { isUtf8 } from 'node:buffer'
import type { JobOutput } from './job-output.ts'
import type { Renderer, RendererOptions } from './renderer.ts'
import { writePatiently, writeQuietly } from './terminal.ts'

/**
 * One JSON object a line on stdout: every event as it is, and the job's output as `job.output`, its bytes as `text` where
 * they are UTF-8 and as `base64` where they are not. For programs; shows everything, however quiet.
 */
export function createJsonlRenderer({ out }: Pick<RendererOptions, 'out'>): Renderer {
  let isClosed = false
  return {
    onEvent(event) {
      if (!isClosed) writeQuietly(out.stdout, `${JSON.stringify(event)}\n`)
    },
    output: async (chunk) => writePatiently(out.stdout, Buffer.from(`${JSON.stringify(outputLine(chunk))}\n`)),
    pause: () => () => undefined,
    close() {
      isClosed = true
    },
  }
}

function outputLine({ source, stream, offset, sentAt, bytes }: JobOutput): object {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const content = isUtf8(bytes) ? { text: buffer.toString('utf8') } : { base64: buffer.toString('base64') }
  return { v: 1, at: sentAt, type: 'job.output', data: { source, stream, offset, ...content } }
}
