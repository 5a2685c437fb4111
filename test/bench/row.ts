/** One measured line of the table: `value` with its unit, `limit` where we promise one. */
export interface Row {
  readonly what: string
  readonly value: string
  readonly limit?: string
}

/** What a `*.bench.ts` exports. */
export interface Bench {
  readonly measure: () => Promise<readonly Row[]>
}
