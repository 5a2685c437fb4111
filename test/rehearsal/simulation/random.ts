/** Numbers that are the same for the same seed on every machine: mulberry32, a public-domain generator of 32 bits of state. */
export interface Random {
  /** From 0, below 1. */
  next(): number
  /** A whole number of the range, both ends included. */
  whole(least: number, most: number): number
  pick<T>(values: readonly [T, ...T[]]): T
  /** With the mean given, as the time between events that know nothing of each other. */
  exponential(mean: number): number
}

export function seededRandom(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: (values) => values[Math.floor(next() * values.length)] ?? values[0],
    exponential: (mean) => -mean * Math.log(1 - next()),
  }
}
