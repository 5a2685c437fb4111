/**
 * What the user presses while something is under way. The first press aborts `signal`, unless a handler is set: a running
 * job asks first. The second press leaves at once and prints `cleanUp`; that is the command line's business alone.
 */
export interface Interrupts {
  readonly signal: AbortSignal
  /** From now on the first press calls `handler` instead; the returned function takes it back. */
  intercept(handler: (cause: 'interrupt' | 'hangup') => void): () => void
  /** Aborts `signal` from within, as a press would. */
  abort(): void
  /** The command that cleans up what now exists; null where there is nothing to clean up. */
  setCleanUp(command: string | null): void
}
