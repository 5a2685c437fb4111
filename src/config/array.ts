/** The most tasks that one job has. */
export const MOST_TASKS = 100_000
/** The highest index: seven digits fit into every name that is made of it. */
const HIGHEST = 9_999_999

export interface ParsedArray {
  /** Ascending, each once. */
  readonly indices: readonly number[]
  /** How many run at once; null is as many as fit. */
  readonly atOnce: number | null
}

/** Slurm's form of arrays: `0-99`, `1,3,5-9`, `0-100:10`, each with `%8` where at most 8 are to run at once. Null for what is none. */
export function parseArray(text: string): ParsedArray | null {
  const match = /^([\d,:-]+)(?:%(\d{1,6}))?$/.exec(text)
  if (!match?.[1]) return null
  const atOnce = match[2] === undefined ? null : Number(match[2])
  if (atOnce === 0) return null
  const indices = new Set<number>()
  for (const part of match[1].split(',')) {
    const range = /^(\d{1,7})(?:-(\d{1,7})(?::(\d{1,7}))?)?$/.exec(part)
    if (!range) return null
    const [from, to, step] = [Number(range[1]), Number(range[2] ?? range[1]), Number(range[3] ?? 1)]
    if (to < from || step < 1 || to > HIGHEST) return null
    if ((to - from) / step > MOST_TASKS) return null
    for (let index = from; index <= to; index += step) indices.add(index)
    if (indices.size > MOST_TASKS) return null
  }
  return { indices: [...indices].toSorted((a, b) => a - b), atOnce }
}

/** The shortest text that `parseArray` reads as these indices, ascending. */
export function printArray(indices: readonly number[]): string {
  const parts: string[] = []
  for (let at = 0; at < indices.length;) {
    const from = indices[at]!
    let end = at
    while (indices[end + 1] === indices[end]! + 1) end += 1
    parts.push(end === at ? String(from) : `${from}-${indices[end]!}`)
    at = end + 1
  }
  return parts.join(',')
}
