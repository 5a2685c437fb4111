import type { Limits } from '../fleet/limits.ts'
import type { Usd } from './cost.ts'

/** A limit that keeps something from being begun, and how it stands. */
export interface LimitHit {
  readonly limit: 'perHour' | 'perJob' | 'total'
  readonly limitUsd: Usd
  /** Whose limit; null is that of all fleets of the project together. */
  readonly fleet: string | null
  /** What an hour costs now, or what it has cost so far; null where no part of it has a price that is known. */
  readonly usd: Usd | null
}

const WORDS: { readonly [L in LimitHit['limit']]: (limit: string, of: string, now: string, are: boolean) => string } = {
  perHour: (limit, of, now, are) =>
    `the limit of ${limit}/h of ${of}; ${are ? 'they now cost' : 'it now costs'} ${now}/h`,
  perJob: (limit, of, now) => `the limit of ${limit} a job of ${of}; it has cost ${now}`,
  total: (limit, of, now, are) => `the limit of ${limit} in all of ${of}; ${are ? 'they have' : 'it has'} cost ${now}`,
}

/** `the limit of $5.00/h of fleet big; it now costs $4.80/h` */
export function sayHit({ limit, limitUsd, fleet, usd }: LimitHit): string {
  const of = fleet === null ? "all of the project's fleets" : `fleet ${fleet}`
  return WORDS[limit](dollars(limitUsd), of, usd === null ? 'an unknown amount' : dollars(usd), fleet === null)
}

/** The key of muster.yaml to raise: `perHour in fleets.big.limits of muster.yaml`. */
export function keyOfHit({ limit, fleet }: Pick<LimitHit, 'limit' | 'fleet'>): string {
  return `${limit} in ${fleet === null ? 'limits' : `fleets.${fleet}.limits`} of muster.yaml`
}

/** How something that is limited stands, in US dollars; null where no part of it has a price that is known. */
export interface Standing {
  readonly usdPerHour: Usd | null
  readonly spentUsd: Usd | null
}

/** The limit on all that was spent, where it is reached: nothing more is begun then. */
export function spentOut(limits: Limits, fleet: string | null, { spentUsd }: Standing): LimitHit | null {
  if (limits.total === null || (spentUsd ?? 0) < limits.total) return null
  return { limit: 'total', limitUsd: limits.total, fleet, usd: spentUsd }
}

/** The limit on a job, where it is reached. */
export function jobSpentOut(limits: Limits, fleet: string | null, jobUsd: Usd | null): LimitHit | null {
  if (limits.perJob === null || (jobUsd ?? 0) < limits.perJob) return null
  return { limit: 'perJob', limitUsd: limits.perJob, fleet, usd: jobUsd }
}

/**
 * How many more nodes the limit on an hour bears at a price for each, and the limit, where there is one. What nobody can price is not
 * bought under a limit.
 */
export function affordable(
  limits: Limits,
  fleet: string | null,
  { usdPerHour }: Standing,
  nodeUsdPerHour: Usd | null,
): { readonly nodes: number; readonly hit: LimitHit | null } {
  const limitUsd = limits.perHour
  if (limitUsd === null) return { nodes: Infinity, hit: null }
  const hit: LimitHit = { limit: 'perHour', limitUsd, fleet, usd: usdPerHour }
  if (nodeUsdPerHour === null) return { nodes: 0, hit }
  if (nodeUsdPerHour === 0) return { nodes: Infinity, hit }
  return { nodes: Math.max(0, Math.floor((limitUsd - (usdPerHour ?? 0)) / nodeUsdPerHour + 1e-9)), hit }
}

const dollars = (usd: number) => `$${usd.toFixed(2)}`
