import type { PlacedRung } from '../capacity/rung.ts'
import type { PlacementStrategy } from '../fleet/instance-facts.ts'
import type { StorageLink } from '../fleet/storage-links.ts'
import type { ErrorCode } from '../errors/codes.ts'
import type { Stray } from '../fleet/stray.ts'

/**
 * One change to the world. `id` is deterministic: the same wish in the same world gives the same id, which is the
 * idempotency token and a tag, so that doing it again after a crash does nothing twice.
 */
export type Action = ActionBase & ActionWork

interface ActionBase {
  readonly id: string
  /** Ids of actions of the same plan that have to succeed first. */
  readonly dependsOn: readonly string[]
  readonly reason: string
}

export type ActionWork =
  | { readonly kind: 'create-security-group' }
  | { readonly kind: 'create-placement-group'; readonly strategy: PlacementStrategy }
  /** For one rung: architecture, interfaces and market differ between them. */
  | { readonly kind: 'create-template'; readonly rung: PlacedRung }
  | LaunchWork
  /** In the zone of the cohort, null where the cohort is launched by the same plan. */
  | { readonly kind: 'create-storage'; readonly zone: string | null }
  | StageWork
  /**
   * They end as soon as no job runs on them, and no job is put on them any more; `until` is what has to be ready first (`4xhpc7g.16xlarge`),
   * null nothing.
   */
  | { readonly kind: 'mark-draining'; readonly nodeIds: readonly string[]; readonly until: string | null }
  /** Those that stay of a cohort get its new name, which carries the new size. */
  | { readonly kind: 'resize-cohort'; readonly cohort: string; readonly nodeIds: readonly string[] }
  | { readonly kind: 'terminate-nodes'; readonly nodeIds: readonly string[] }
  /** Ties a folder of the file system to S3. */
  | { readonly kind: 'link-storage'; readonly storageId: string; readonly link: StorageLink }
  /** Brings in what is linked there; `attempt` counts the imports before. */
  | {
      readonly kind: 'import-storage'
      readonly storageId: string
      readonly repositories: readonly string[]
      readonly attempt: number
    }
  /** Ends what writes on these nodes, and counts what there is. */
  | { readonly kind: 'flush-storage'; readonly storageId: string; readonly nodeIds: readonly string[] }
  /** Paths from the root, an empty list is all; `attempt` counts the exports of this stamp before. */
  | {
      readonly kind: 'export-storage'
      readonly storageId: string
      readonly stamp: string
      readonly attempt: number
      readonly paths: readonly string[]
    }
  /** Compares what was counted with what is in S3. */
  | { readonly kind: 'check-export'; readonly storageId: string; readonly stamp: string; readonly taskId: string }
  | { readonly kind: 'cancel-task'; readonly storageId: string; readonly taskId: string }
  | { readonly kind: 'delete-storage'; readonly storageId: string }
  | { readonly kind: 'delete-stray'; readonly stray: Stray['kind']; readonly strayId: string }
  | { readonly kind: 'delete-template'; readonly templateId: string }
  | { readonly kind: 'delete-placement-group'; readonly name: string }
  | { readonly kind: 'delete-security-group'; readonly groupId: string }

export interface LaunchWork extends PlacedRung {
  readonly kind: 'launch-cohort'
  readonly cohort: string
  readonly count: number
  /** EFA devices a node; 0 is none. */
  readonly efaInterfaces: number
  /** From 0: how often this rung was refused before. */
  readonly attempt: number
  /** Which of the ladder's rungs it is, from 1, and how many there are. */
  readonly step: { readonly nth: number; readonly of: number }
}

export interface StageWork {
  readonly kind: 'install-nodes' | 'mount-storage' | 'trust-nodes' | 'verify-nodes'
  readonly cohort: string
  /** In rank order. */
  readonly nodeIds: readonly string[]
}

export type ActionKind = Action['kind']

/** What is done to a file system that exists, on nodes or not. */
export type StorageAction = Extract<Action, { readonly storageId: string }>

/** What is done to nodes that exist. */
export type NodesAction = Exclude<Extract<Action, { readonly nodeIds: readonly string[] }>, StorageAction>

/** What the loop needs to know of an action, whatever it changes: a fleet, an account's network. */
export interface AnyAction {
  readonly id: string
  readonly kind: string
  readonly dependsOn: readonly string[]
  readonly reason: string
}

export interface PlanFailure {
  readonly code: ErrorCode
  readonly message: string
  /** Instead of the code's own. */
  readonly suggestions?: readonly string[]
  readonly data?: Readonly<Record<string, unknown>>
}

/** The actions that take what is observed to what is wanted, as far as it can be told now. */
export interface Plan<A extends AnyAction> {
  readonly actions: readonly A[]
  /** What only time brings, in words: `2 nodes to register`. */
  readonly waits: readonly string[]
  /** What will not come any more. */
  readonly failure: PlanFailure | null
  /** True when nothing is left to do or to wait for. */
  readonly converged: boolean
}

export type FleetPlan = Plan<Action>
