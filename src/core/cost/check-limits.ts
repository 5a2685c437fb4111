import type { Limits } from '../fleet/limits.ts'
import { times, type Sum } from './cost.ts'
import { keyOfHit } from './limit-hit.ts'

/** What somebody is about to spend. */
export interface Spending {
  /** On which fleet; null is all of the project's. */
  readonly fleet: string | null
  /** An hour of all of it, when the most of it is up. */
  readonly usdPerHour: Sum
  /** What it has cost so far. */
  readonly spentUsd: Sum
  /** An hour of what the job runs on. */
  readonly jobUsdPerHour: Sum
  /** The job's time limit in hours; null is a job without one, undefined no job. */
  readonly jobHours?: number | null
}

export interface OverLimit {
  readonly message: string
  readonly suggestions: readonly string[]
}

/**
 * Which limit would be passed; null where none. A price that nobody knows counts as above a limit: whoever sets one wants to be
 * safe.
 */
export function overLimit(limits: Limits, spending: Spending): OverLimit | null {
  const { fleet, usdPerHour, spentUsd, jobUsdPerHour, jobHours } = spending
  const of = fleet === null ? "all of the project's fleets" : `fleet ${fleet}`
  const passed = (key: 'perHour' | 'perJob' | 'total', what: string, sum: Sum): OverLimit | null => {
    const limit = limits[key]
    if (limit === null) return null
    const isPassed = (amount: number) => (key === 'total' ? amount >= limit : amount > limit)
    if (sum.total !== null && !isPassed(sum.total)) return null
    const edit = keyOfHit({ limit: key, fleet })
    const says = `limits.${key} of ${of} is ${usd(limit)}`
    return sum.known !== null && isPassed(sum.known)
      ? { message: `${what} ${showSum(sum)}; ${says}`, suggestions: [`raise ${edit}`, ...INSTEAD[key]] }
      : {
          message: `${what} an amount that is unknown (no price of a part of it), which counts as above a limit; ${says}`,
          suggestions: [`leave out ${edit}`],
        }
  }
  const perHour = passed('perHour', `${of} would cost an hour`, usdPerHour)
  if (perHour) return perHour
  const total = passed('total', fleet === null ? `${of} have cost so far` : `${of} has cost so far`, spentUsd)
  if (total) return total
  if (jobHours === undefined || limits.perJob === null) return null
  if (jobHours === null) {
    return {
      message: `a job without a time limit may cost any amount; limits.perJob of ${of} is ${usd(limits.perJob)}`,
      suggestions: ['give the job a time limit: --time-limit 2h, or timeLimit: 2h in the job file'],
    }
  }
  const most = { total: times(jobUsdPerHour.total, jobHours), known: times(jobUsdPerHour.known, jobHours) }
  return passed('perJob', `within its time limit the job could cost`, most)
}

/**
 * True where a person has to agree: above the threshold. A price that nobody knows is above one that was configured, and not above
 * the built-in one.
 */
export function mustAsk(limits: Limits, threshold: number | null, { total, known }: Sum): boolean {
  if (threshold === null) return false
  if (total === null && limits.confirmAbove !== null) return true
  return known !== null && known > threshold
}

/** What helps besides a higher limit: nothing does where it is spent. */
const INSTEAD = {
  perHour: ['ask for fewer nodes'],
  perJob: ['ask for fewer nodes, or a shorter time limit'],
  total: [],
} as const

const usd = (amount: number) => `$${amount.toFixed(2)}`

export function showSum({ total, known }: Sum): string {
  if (total !== null) return usd(total)
  return known === null ? 'an unknown amount' : `at least ${usd(known)}`
}
