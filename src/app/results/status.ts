import type { Cost, Sum } from '../../core/cost/cost.ts'
import type { OnTeardown } from '../../core/fleet/storage-spec.ts'
import type { JobPhase } from '../../core/job/record.ts'

/** What a fleet costs; on AWS, also where the cloud is the sandbox. Null is unknown, never 0. */
export interface FleetMoney extends Cost {
  /** Since the launch of what is up. */
  readonly spentUsd: Sum
  /** By the ledger, with all that is gone. */
  readonly totalUsd: Sum
}

export interface StatusResult {
  readonly cloud: string
  readonly region: string
  readonly account: string
  readonly fleets: readonly FleetStatus[]
  readonly jobs: readonly JobStatus[]
}

export interface FleetStatus {
  readonly name: string
  /** `kept` is storage without nodes. */
  readonly state: 'ready' | 'raising' | 'ending' | 'broken' | 'kept' | 'leftovers'
  readonly instanceType: string | null
  /** When the oldest of its nodes was launched, in milliseconds since the epoch; null where it has none. */
  readonly since: number | null
  readonly nodes: readonly {
    readonly name: string
    readonly id: string
    readonly ip: string | null
    readonly cohort: string
    /** In its cohort; null where it is being given up or has ended. */
    readonly rank: number | null
    readonly zone: string
    /** Network nodes above it, top first; empty where they are not known. */
    readonly topology: readonly string[]
    readonly purchase: string
    readonly state: string
    readonly since: number
    /** What it has cost since then; null where nobody knows its price. */
    readonly usd: number | null
  }[]
  readonly storage: readonly {
    readonly id: string
    readonly state: string
    readonly capacityGiB: number
    readonly onTeardown: OnTeardown
    readonly exportTo: string | null
    /** It holds what would be lost with it. */
    readonly unexported: boolean
  }[]
  /** Those of its nodes that are bad, and still up. */
  readonly quarantined: readonly QuarantinedNode[]
  readonly money: FleetMoney
  /** When its nodes end themselves if nobody uses it, as far as is known: milliseconds since the epoch. */
  readonly endsAt: number | null
  /** When the first of them ends itself whatever runs on it, and why; null where none ever does. */
  readonly most: { readonly at: number; readonly why: 'maximum life' | 'spending limit' } | null
}

/** A node on which nothing is placed any more. */
export interface QuarantinedNode {
  readonly id: string
  /** Who said so: a check, the tasks that failed there, or somebody by hand. */
  readonly by: string
  /** Milliseconds since the epoch. */
  readonly since: number
  readonly why: string
  /** Null is unknown. */
  readonly usdPerHour: number | null
}

export interface JobStatus {
  readonly id: string
  readonly name: string
  readonly fleet: string
  /** `lost` where it had not ended and none of its nodes is left. */
  readonly phase: JobPhase | 'unknown' | 'lost'
  readonly exitCode: number | null
  readonly submittedAt: number
}

/** What became of a node that somebody quarantined, or released. */
export interface QuarantineResult {
  readonly fleet: string
  readonly node: string
  readonly change: 'quarantined' | 'released' | 'none'
  /** True where it has left its cohort already, and will end. */
  readonly isLeaving: boolean
  /** What it costs while it is up; null is unknown. */
  readonly usdPerHour: number | null
}
