import type { RemoteShell, ShellChannel, ShellOptions, TerminalSize } from '../../src/ports/remote-shell.ts'

/** Terminals on which the test is the node: it sees what is typed, and prints. */
export interface FakeRemoteShell extends RemoteShell {
  readonly opened: readonly FakeTerminal[]
  /** Called for each terminal that is opened: the program in it. */
  program(run: (terminal: FakeTerminal) => void | Promise<void>): void
}

export interface FakeTerminal {
  readonly nodeId: string
  readonly command: string
  readonly options: ShellOptions
  readonly typed: string
  readonly sizes: readonly TerminalSize[]
  readonly closed: boolean
  /** Resolves when the text has been typed. */
  heard(text: string): Promise<void>
  print(bytes: Uint8Array | string): void
  /** The terminal ends; with an error where its line is lost. */
  end(failure?: Error): void
}

export function fakeRemoteShell(): FakeRemoteShell {
  const opened: FakeTerminal[] = []
  let run: ((terminal: FakeTerminal) => void | Promise<void>) | null = null
  return {
    opened,
    program(next) {
      run = next
    },
    async open(nodeId, command, options) {
      const { channel, terminal } = fakeTerminal(nodeId, command, options)
      opened.push(terminal)
      void run?.(terminal)
      return channel
    },
  }
}

function fakeTerminal(nodeId: string, command: string, options: ShellOptions) {
  const state = { typed: '', closed: false }
  const sizes: TerminalSize[] = []
  const waiting: (() => void)[] = []
  const { readable, writable } = new TransformStream<Uint8Array>(undefined, undefined, { highWaterMark: 1000 })
  const writer = writable.getWriter()
  const wake = () => waiting.splice(0).forEach((one) => one())
  const end = (failure?: Error) => void (failure ? writer.abort(failure) : writer.close()).catch(() => {})
  const channel: ShellChannel = {
    output: readable,
    async write(bytes) {
      state.typed += Buffer.from(bytes).toString()
      wake()
    },
    resize: (size) => void sizes.push(size),
    async close() {
      state.closed = true
      wake()
    },
  }
  const terminal: FakeTerminal = {
    nodeId,
    command,
    options,
    sizes,
    get typed() {
      return state.typed
    },
    get closed() {
      return state.closed
    },
    async heard(text) {
      while (!state.typed.includes(text)) await new Promise<void>((resolve) => waiting.push(resolve))
    },
    print: (bytes) => void writer.write(Buffer.from(bytes)).catch(() => {}),
    end,
  }
  return { channel, terminal }
}
