import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '../../src/ports/clock.ts'

/**
 * Time for tests. By default it moves by itself: once the program has nothing left to do but sleep, the earliest sleeper
 * is woken and the clock stands at its hour, so nothing waits and order is kept. With `auto: false` only `advance` moves it.
 */
export interface FakeClock extends Clock {
  /** Wakes all sleepers up to `ms` from now in order, letting each run before the next. */
  advance(ms: number): Promise<void>
  /** How many are asleep. */
  readonly sleepers: number
}

interface Sleeper {
  readonly due: number
  wake(): void
}

export function fakeClock(options: { readonly start?: number; readonly auto?: boolean } = {}): FakeClock {
  const auto = options.auto ?? true
  let now = options.start ?? Date.UTC(2026, 10, 23, 12)
  let sleepers: Sleeper[] = []
  let moving = false

  function wakeNext(until: number): boolean {
    const next = sleepers.toSorted((a, b) => a.due - b.due)[0]
    if (next === undefined || next.due > until) return false
    now = Math.max(now, next.due)
    sleepers = sleepers.filter((one) => one !== next)
    next.wake()
    return true
  }

  async function moveByItself() {
    if (moving) return
    moving = true
    do await settle()
    while (wakeNext(Infinity))
    moving = false
  }

  return {
    now: () => now,
    get sleepers() {
      return sleepers.length
    },
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error)
        const abort = () => {
          sleepers = sleepers.filter((one) => one !== sleeper)
          reject(signal?.reason as Error)
        }
        const sleeper: Sleeper = {
          due: now + Math.max(0, ms),
          wake() {
            signal?.removeEventListener('abort', abort)
            resolve()
          },
        }
        signal?.addEventListener('abort', abort, { once: true })
        sleepers.push(sleeper)
        if (auto) void moveByItself()
      })
    },
    async advance(ms) {
      const until = now + ms
      do await settle()
      while (wakeNext(until))
      now = until
    },
  }
}

/** Two turns of the event loop: promises, then I/O that was ready, have run by then. */
async function settle() {
  await turn()
  await turn()
}
