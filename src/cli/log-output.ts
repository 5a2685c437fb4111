import type { OutputSink } from '../ports/output-sink.ts'
import { createLogLines } from '../ui/log-lines.ts'
import { isReaderGone } from './unread-output.ts'

/**
 * Where `muster logs` writes: bytes as they are, or line by line behind time and source. It ends when its reader goes away
 * (`| head`), or the disk is full: it has nothing to finish.
 */
export function logOutput(
  to: OutputSink,
  timestamps: boolean,
): { readonly output: OutputSink; readonly end: () => Promise<void> } {
  process.stdout.once('error', (error) => {
    if (isReaderGone(error)) process.exit(0)
    throw error
  })
  if (!timestamps) return { output: to, end: async () => {} }
  const lines = createLogLines({ timestamps: true, source: true })
  const write = (bytes: Uint8Array, chunk = { source: '', offset: 0, sentAt: 0 }) =>
    bytes.byteLength === 0 ? Promise.resolve() : to.write({ ...chunk, stream: 'stdout', bytes })
  return {
    output: { write: (chunk) => write(lines.push(chunk), chunk) },
    end: () => write(lines.end()),
  }
}
