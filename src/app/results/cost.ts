import type { FleetSpent, JobSpent } from '../../core/cost/attribute.ts'
import type { Spent } from '../../core/cost/tally.ts'

/** What was paid and what for. */
export interface CostResult {
  readonly cloud: string
  readonly region: string
  readonly account: string
  readonly since: number | null
  readonly at: number
  /** None where a job was asked for. */
  readonly fleets: readonly (FleetSpent & { readonly wasted: Spent })[]
  readonly jobs: readonly JobSpent[]
  /** All that was paid, or of the job that was asked for. */
  readonly paid: Spent
}
