/** One name of a matrix with its values, in order. */
export interface MatrixAxis {
  /** The name of an environment variable. */
  readonly name: string
  readonly values: readonly string[]
}

export type Matrix = readonly MatrixAxis[]

/** How many combinations there are; 1 without an axis. */
export function combinations(matrix: Matrix): number {
  return matrix.reduce((product, { values }) => product * values.length, 1)
}

/** The combination of an index: the last axis changes fastest, as nested loops would. */
export function combination(matrix: Matrix, index: number): Readonly<Record<string, string>> {
  let rest = index
  const pairs: [string, string][] = []
  for (const { name, values } of matrix.toReversed()) {
    pairs.unshift([name, values[rest % values.length] ?? ''])
    rest = Math.floor(rest / values.length)
  }
  return Object.fromEntries(pairs)
}
