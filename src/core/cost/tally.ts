import { sumOf, type Sum } from './cost.ts'

const MS_PER_HOUR = 3_600_000

/** Node hours with what they cost, added up one after another. */
export interface Spent {
  readonly usd: Sum
  readonly hours: number
}

export interface Tally {
  /** Time at a price an hour, which may be unknown; no time costs nothing at any price. */
  add(ms: number, usdPerHour: number | null): void
  sum(): Spent
}

export function tally(): Tally {
  let hours = 0
  let known = 0
  let isAnyKnown = false
  let isAnyUnknown = false
  return {
    add: (ms, usdPerHour) => {
      if (ms <= 0) return
      hours += ms / MS_PER_HOUR
      if (usdPerHour === null) isAnyUnknown = true
      else {
        isAnyKnown = true
        known += (ms / MS_PER_HOUR) * usdPerHour
      }
    },
    sum: () => {
      if (!isAnyUnknown) return { hours, usd: { total: known, known } }
      return { hours, usd: { total: null, known: isAnyKnown ? known : null } }
    },
  }
}

/** Together; unknown as a whole where one of them is. */
export function addSpent(parts: readonly Spent[]): Spent {
  const known = sumOf(parts.map(({ usd }) => usd.known).filter((usd) => usd !== null)).total
  const isKnown = parts.every(({ usd }) => usd.total !== null)
  const isNone = parts.some(({ usd }) => usd.total === null) && parts.every(({ usd }) => (usd.known ?? 0) === 0)
  return {
    hours: parts.reduce((sum, { hours }) => sum + hours, 0),
    usd: { total: isKnown ? known : null, known: isNone ? null : known },
  }
}
