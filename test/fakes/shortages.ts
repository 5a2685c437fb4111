import type { Shortage } from '../../src/core/capacity/shortage.ts'
import type { Shortages } from '../../src/ports/shortages.ts'

/** Keeps everything; how long a refusal counts is the planner's to say. */
export interface FakeShortages extends Shortages {
  readonly kept: readonly Shortage[]
}

export function fakeShortages(): FakeShortages {
  const kept: Shortage[] = []
  return {
    kept,
    recent: async () => [...kept],
    remember: async (shortage) => void kept.push(shortage),
  }
}
