import type { SandboxClock } from '../../../src/sandbox/clock.ts'

export interface ManualClock extends SandboxClock {
  /** Moves time on, timer by timer, each seeing the time that it was set for. */
  advance(ms: number): void
  /** Timers that still wait. */
  pending(): number
}

/** The sandbox's clock moved by hand. */
export function manualClock(start = Date.parse('2026-09-01T00:00:00Z')): ManualClock {
  let now = start
  const timers = new Map<symbol, { readonly at: number; readonly callback: () => void }>()
  return {
    now: () => now,
    after: (ms, callback) => {
      const key = Symbol('timer')
      timers.set(key, { at: now + Math.max(0, ms), callback })
      return () => void timers.delete(key)
    },
    pending: () => timers.size,
    advance(ms) {
      const end = now + ms
      for (;;) {
        const [next] = [...timers].filter(([, { at }]) => at <= end).toSorted(([, a], [, b]) => a.at - b.at)
        if (!next) break
        timers.delete(next[0])
        now = next[1].at
        next[1].callback()
      }
      now = end
    },
  }
}
