import type { Sum } from './cost.ts'

/**
 * For how many seconds a fleet may go on as it is before it has cost its total limit: 0 where it has already. Null where there is
 * no limit, and where nobody knows: a part of it has no price, or it costs nothing.
 */
export function secondsLeft(totalUsd: number | null, { usdPerHour, spentUsd }: Spending): number | null {
  const { total: rate } = usdPerHour
  const { total: spent } = spentUsd
  if (totalUsd === null || rate === null || spent === null || rate <= 0) return null
  return Math.max(0, ((totalUsd - spent) / rate) * 3600)
}

interface Spending {
  readonly usdPerHour: Sum
  readonly spentUsd: Sum
}
