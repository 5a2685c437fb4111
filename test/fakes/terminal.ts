import type { TerminalSize } from '../../src/ports/remote-shell.ts'
import type { Terminal } from '../../src/ports/terminal.ts'

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** A user in the test's hands. */
export interface FakeTerminal extends Terminal {
  type(text: string): void
  endInput(): void
  resizeTo(size: TerminalSize): void
  signal(signal: Signal): void
  readonly shown: { readonly stdout: string; readonly stderr: string }
  /** True between `raw` and what takes it back. */
  readonly isRaw: boolean
}

export function fakeTerminal(isInteractive: boolean): FakeTerminal {
  const state = { size: { columns: 80, rows: 24 }, raw: false, ended: false }
  const shown = { stdout: '', stderr: '' }
  const typed: Buffer[] = []
  const resized = new Set<() => void>()
  const signalled = new Set<(signal: Signal) => void>()
  const waiting: (() => void)[] = []
  const wake = () => waiting.splice(0).forEach((one) => one())
  return {
    isInteractive,
    shown,
    get isRaw() {
      return state.raw
    },
    size: () => state.size,
    onResize: (listener) => during(resized, listener),
    raw() {
      state.raw = true
      return () => void (state.raw = false)
    },
    async *input(signal) {
      signal.addEventListener('abort', wake)
      while (!signal.aborted) {
        const next = typed.shift()
        if (next !== undefined) yield next
        else if (state.ended) return
        else await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
    async write(stream, bytes) {
      shown[stream] += Buffer.from(bytes).toString()
    },
    onSignal: (listener) => during(signalled, listener),
    type(text) {
      typed.push(Buffer.from(text))
      wake()
    },
    endInput() {
      state.ended = true
      wake()
    },
    resizeTo(size) {
      state.size = size
      resized.forEach((listener) => listener())
    },
    signal: (signal) => signalled.forEach((listener) => listener(signal)),
  }
}

function during<T>(set: Set<T>, one: T): () => void {
  set.add(one)
  return () => void set.delete(one)
}
