/**
 * The sandbox's own time: every lifecycle runs on it, so that a test can move it by hand. Real by default.
 */
export interface SandboxClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back once after `ms`; the returned function takes it back. Never keeps the process alive. */
  after(ms: number, callback: () => void): () => void
}

export const realClock: SandboxClock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
