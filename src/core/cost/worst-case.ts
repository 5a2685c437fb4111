import type { FleetSpec } from '../fleet/spec.ts'
import { times, type Cost, type Sum } from './cost.ts'

/** What a fleet costs if nobody ever looks after it, and what ends it. */
export interface WorstCase {
  readonly hours: number
  readonly usd: Sum
  /** `day`: nothing does, and money that nobody looks after is counted by the day. */
  readonly by: 'maxLife' | 'limits.total' | 'day'
}

/** Nodes end themselves at their maximum life, or when the fleet has cost its total limit. */
export function worstCase(
  { usdPerHour }: Cost,
  { maxLifeS, limits }: Pick<FleetSpec, 'maxLifeS' | 'limits'>,
): WorstCase {
  const hours = maxLifeS === null ? 24 : maxLifeS / 3600
  const usd = { total: times(usdPerHour.total, hours), known: times(usdPerHour.known, hours) }
  const { total: limit } = limits
  if (limit !== null && usd.total !== null && usdPerHour.total !== null && usd.total > limit) {
    return { hours: limit / usdPerHour.total, usd: { total: limit, known: limit }, by: 'limits.total' }
  }
  return { hours, usd, by: maxLifeS === null ? 'day' : 'maxLife' }
}
