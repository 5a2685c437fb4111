import type { TerminalSize } from './remote-shell.ts'

/** Where the user sits: a terminal, or the pipes that stand in its place. */
export interface Terminal {
  /** What is typed comes from a terminal, and what is shown goes to one. */
  readonly isInteractive: boolean
  size(): TerminalSize
  /** The window has another size now. The returned function takes the listener back. */
  onResize(listener: () => void): () => void
  /** Every key goes to the program, ctrl-C too, and nothing is echoed; until the returned function is called, or the process ends. */
  raw(): () => void
  /** What is typed or piped in, until its end. */
  input(signal: AbortSignal): AsyncIterable<Uint8Array>
  /** Resolves when more may come. */
  write(stream: 'stdout' | 'stderr', bytes: Uint8Array | string): Promise<void>
  /** Ctrl-C where keys are not raw, and being told to end. The returned function gives the signals back to the system. */
  onSignal(listener: (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => void): () => void
}
