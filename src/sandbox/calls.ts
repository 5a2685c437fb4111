/** How often each operation was called and throttled, by `service:Operation`. */
export interface CallCounts {
  readonly calls: Readonly<Record<string, number>>
  readonly throttled: Readonly<Record<string, number>>
}

/** Counts calls since the start or the last `clear`: what a bench reads (`GET /_sandbox/calls`). */
export interface CallCounter {
  called(operation: string): void
  throttled(operation: string): void
  counts(): CallCounts
  clear(): void
}

export function createCallCounter(): CallCounter {
  const calls = new Map<string, number>()
  const throttled = new Map<string, number>()
  return {
    called: (operation) => add(calls, operation),
    throttled: (operation) => add(throttled, operation),
    counts: () => ({ calls: Object.fromEntries(calls), throttled: Object.fromEntries(throttled) }),
    clear() {
      calls.clear()
      throttled.clear()
    },
  }
}

function add(counter: Map<string, number>, key: string): void {
  counter.set(key, (counter.get(key) ?? 0) + 1)
}
