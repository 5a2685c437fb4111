import type { Ids } from '../../src/ports/ids.ts'

/** Randomness without chance: the same numbers in every run, all different, evenly spread between 0 and 1. */
export function fakeIds(): Ids {
  let step = 0
  return {
    random() {
      step += 1
      return (step * 0.6180339887498949) % 1
    },
  }
}
