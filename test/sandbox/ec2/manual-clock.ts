import type { SandboxClock } from '../../../src/sandbox/clock.ts'

/** A clock that stands still until `forward` moves it; timers that are due ring in their order. */
export interface ManualClock extends SandboxClock {
  /** Moves on by `ms`, and lets promises that the timers settled run. */
  forward(ms: number): Promise<void>
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start
  let timers: readonly { readonly at: number; readonly callback: () => void }[] = []
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback }
      timers = [...timers, timer]
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    async forward(ms) {
      const end = now + ms
      await settle()
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)
        if (next === undefined) break
        timers = timers.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.callback()
        await settle()
      }
      now = end
    },
  }
}
