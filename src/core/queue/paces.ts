/** So many of the last tasks of a job tell how long the next will take. */
const REMEMBERED = 50

/** How long tasks of each job take, in milliseconds: a mean in which what was long ago counts less. */
export interface Paces {
  learn(job: string, ms: number): void
  /** Null where none has ended yet. */
  of(job: string): number | null
}

export function paces(): Paces {
  const known = new Map<string, { readonly count: number; readonly mean: number }>()
  return {
    learn: (job, ms) => {
      const { count, mean } = known.get(job) ?? { count: 0, mean: 0 }
      const weight = Math.min(count + 1, REMEMBERED)
      known.set(job, { count: count + 1, mean: mean + (Math.max(0, ms) - mean) / weight })
    },
    of: (job) => known.get(job)?.mean ?? null,
  }
}
