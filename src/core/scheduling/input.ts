/** One task that could be placed now: not held, its dependencies met, its time come. Times in milliseconds. */
export interface Waiting {
  /** As `taskName` writes it: unique. */
  readonly task: string
  readonly fleet: string
  readonly priority: number
  readonly submittedAt: number
  /** Order among those of one time: its place in its job. */
  readonly index: number
  readonly nodes: number
  /** The cores that it takes of its one node where it shares it; null takes its nodes for itself. */
  readonly cores: number | null
  /** How long it may run; null has no limit. */
  readonly limitMs: number | null
}

export interface CohortNode {
  readonly id: string
  readonly cores: number
}

/** A cohort that tasks can be placed in. */
export interface CohortView {
  readonly fleet: string
  readonly name: string
  /** Nodes that may be used, in rank order: none that drains, is quarantined or gone. */
  readonly nodes: readonly CohortNode[]
  /** When it is ready; at or before now where it is. */
  readonly readyAt: number
}

/** What a task holds. */
export interface Holding {
  readonly task: string
  readonly nodeIds: readonly string[]
  /** Cores of its one node where it shares it; null holds its nodes for itself. */
  readonly cores: number | null
  /** When its time limit ends it, with the grace; where it has none, when it has run for as long as is assumed (`holdTimeOf`). */
  readonly endsBy: number
}

export interface ScheduleInput {
  readonly now: number
  readonly waiting: readonly Waiting[]
  readonly cohorts: readonly CohortView[]
  readonly holdings: readonly Holding[]
  /** By fleet; one that is not here may grow by whatever its tasks need. */
  readonly room?: ReadonlyMap<string, Room>
}

/** By how much a fleet may grow. */
export interface Room {
  /** Nodes that it may have beside those that it has and those that are coming; below 0 it has too many. */
  readonly more: number
  /** Nodes of the largest cohort that was asked for and is not there yet; 0 where none was. */
  readonly coming: number
}

export interface Placement {
  readonly task: string
  readonly fleet: string
  readonly cohort: string
  /** In rank order. */
  readonly nodeIds: readonly string[]
}

/** Why a task that could be placed is not. */
export type NotPlaced =
  /** No cohort of the fleet has so many nodes: a new one is needed. */
  | { readonly kind: 'no-cohort'; readonly nodes: number; readonly largest: number }
  /** It will start at about this time at the latest. */
  | { readonly kind: 'nodes-busy'; readonly nodes: number; readonly from: number }
  /** Others come first, and no node is left for it now. */
  | { readonly kind: 'behind-others' }

export interface Schedule {
  readonly placements: readonly Placement[]
  /** By task. */
  readonly notPlaced: ReadonlyMap<string, NotPlaced>
}
