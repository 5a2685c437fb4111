import type { MusterEvent } from '../core/events/event.ts'
import type { EventSink } from '../ports/event-sink.ts'
import type { OutputSink } from '../ports/output-sink.ts'
import type { ProgressMode } from '../ui/mode.ts'
import { createRenderer } from '../ui/renderer.ts'
import { createTheme, type Theme } from '../ui/theme.ts'

export interface ConsoleOptions {
  /** The terminal and the environment choose where it is left out. */
  readonly mode: ProgressMode | undefined
  readonly quiet: boolean
  readonly verbose: boolean
  /** stdout belongs to the result's document: all else, also a job's output, goes to stderr. */
  readonly json: boolean
  readonly env: NodeJS.ProcessEnv
}

/** What a command says while it works, in the form that was asked for. */
export interface Console {
  readonly mode: ProgressMode | undefined
  readonly events: EventSink
  readonly output: OutputSink
  /** Takes the live frame away while a question stands; the returned function brings it back. */
  readonly pause: () => () => void
  /** The result for people on stdout, or the last line of JSON lines. */
  show(result: unknown, lines: (theme: Theme) => readonly string[], stream?: 'stdout' | 'stderr'): void
  readonly close: () => void
}

export function createConsole({ mode, quiet, verbose, json, env }: ConsoleOptions): Console {
  const { stdout, stderr } = process
  const out = { stderr, stdout: json ? stderr : stdout }
  const verbosity = verbose ? 1 : quiet ? -1 : 0
  const run = `${process.pid.toString(36)}-${Date.now().toString(36)}`
  const renderer = createRenderer({ mode, verbosity, out, env, now: Date.now })
  let seq = 0
  return {
    mode,
    events: {
      emit: (type, data) => {
        renderer.onEvent({ v: 1, seq: seq++, at: Date.now(), run, type, data } as MusterEvent)
      },
    },
    output: { write: (chunk) => (json && quiet ? Promise.resolve() : renderer.output(chunk)) },
    pause: () => renderer.pause(),
    show(result, lines, stream = 'stdout') {
      renderer.close()
      if (json) return
      if (mode === 'jsonl') {
        stdout.write(`${JSON.stringify({ v: 1, seq: seq++, at: Date.now(), run, type: 'result', data: result })}\n`)
      } else {
        process[stream].write(
          lines(createTheme(process[stream], env))
            .map((line) => `${line}\n`)
            .join(''),
        )
      }
    },
    close: () => renderer.close(),
  }
}
