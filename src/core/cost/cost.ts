/** US dollars an hour. */
export type UsdPerHour = number
/** US dollars. */
export type Usd = number

/** Something of a fleet that is paid by the hour. A price that nobody knows is null, never 0. */
export interface CostPart {
  /** `4 x hpc7g.16xlarge`. */
  readonly what: string
  readonly usdPerHour: UsdPerHour | null
  /** The day that the price is of, `2026-07-20`. */
  readonly asOf: string | null
}

/**
 * A sum of which parts may be unknown. `total` is null where any part has no price; `known` is the sum of those that have one,
 * and null where none has.
 */
export interface Sum {
  readonly total: number | null
  readonly known: number | null
}

export interface Cost {
  readonly parts: readonly CostPart[]
  readonly usdPerHour: Sum
}

export function costOf(parts: readonly CostPart[]): Cost {
  return { parts, usdPerHour: sumOf(parts.map((part) => part.usdPerHour)) }
}

/** Nothing at all costs 0: that is known. */
export function sumOf(amounts: readonly (number | null)[]): Sum {
  const known = amounts.filter((amount) => amount !== null)
  const sum = known.reduce((total, amount) => total + amount, 0)
  if (known.length === amounts.length) return { total: sum, known: sum }
  return { total: null, known: known.length === 0 ? null : sum }
}

/** What is unknown of any is unknown of all. */
export function addSums(...sums: readonly Sum[]): Sum {
  return { total: sumOf(sums.map(({ total }) => total)).total, known: sumOf(sums.map(({ known }) => known)).known }
}

/** A price times a number of things, or of hours; what is unknown stays so. */
export function times(usd: number | null, factor: number): number | null {
  return usd === null ? null : usd * factor
}
