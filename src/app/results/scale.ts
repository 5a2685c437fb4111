import type { Sum } from '../../core/cost/cost.ts'

export interface CohortState {
  readonly name: string
  readonly instanceType: string
  readonly zone: string
  readonly nodes: number
  /** Nodes of it that are to end once no job runs on them. */
  readonly draining: number
  readonly whole: boolean
}

/** How large a fleet is, and what an hour of it costs. */
export interface ScaleState {
  readonly nodes: number
  readonly cohorts: readonly CohortState[]
  readonly usdPerHour: Sum
}

export interface ScaleResult {
  readonly fleet: string
  readonly before: ScaleState
  readonly after: ScaleState
  readonly ms: number
}
