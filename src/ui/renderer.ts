import type { MusterEvent } from '../core/events/event.ts'
import type { Verbosity } from './event-line.ts'
import type { JobOutput } from './job-output.ts'
import { createJsonlRenderer } from './jsonl-renderer.ts'
import { defaultMode, type ProgressMode } from './mode.ts'
import { createPlainRenderer } from './plain-renderer.ts'
import { neverFail, type Terminal } from './terminal.ts'
import { createTtyRenderer } from './tty-renderer.ts'

/** Shows what happens. None of its functions throws, whatever has become of the terminal. */
export interface Renderer {
  onEvent(event: MusterEvent): void
  /**
   * Writes a job's own bytes to stdout or stderr, unchanged, and keeps them apart from the progress. Resolves when it may
   * be given more; fits `OutputSink.write`.
   */
  output(chunk: JobOutput): Promise<void>
  /** Takes the live frame away, so that a question may stand there; the returned function brings it back as it then is. */
  pause(): () => void
  /** Leaves the terminal as it was found. May be called twice; afterwards events are passed over. */
  close(): void
}

export interface RendererOptions {
  /** Chosen by the terminal and the environment where it is left out. */
  readonly mode?: ProgressMode | undefined
  readonly verbosity: Verbosity
  readonly out: { readonly stderr: Terminal; readonly stdout: Terminal }
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Calls back every so many milliseconds until the returned function is called; for tests. */
  readonly every?: ((ms: number, tick: () => void) => () => void) | undefined
}

export function createRenderer(options: RendererOptions): Renderer {
  const { out, env, verbosity } = options
  neverFail(out.stderr)
  neverFail(out.stdout)
  const mode = options.mode ?? defaultMode(out.stderr, env)
  if (mode === 'jsonl') return createJsonlRenderer(options)
  if (mode === 'none') return createPlainRenderer({ ...options, verbosity: verbosity < -1 ? -2 : -1 })
  // Quiet people want no frame, and debug lines would tear it.
  return mode === 'tty' && verbosity === 0 ? createTtyRenderer(options) : createPlainRenderer(options)
}
