import type { ScalingPolicy } from './policy.ts'

/** A task that no node that is up or coming will take soon. */
export interface Unserved {
  readonly nodes: number
  /** Cores of one node, where it shares it. */
  readonly cores: number | null
  readonly limitMs: number | null
}

export interface ScalableNode {
  readonly id: string
  readonly cohort: string
  readonly isBusy: boolean
  /** Since when it has had nothing to do, in milliseconds since the epoch; null while it is busy or boots. */
  readonly idleSince: number | null
  readonly isBooting: boolean
}

/** All that a fleet's size is decided on. */
export interface ScalingInput {
  readonly policy: ScalingPolicy
  readonly now: number
  /** Bounds of the whole fleet, from its description and its schedules. */
  readonly min: number
  readonly max: number
  /** How many more nodes the spending limits bear; Infinity where there are none. */
  readonly affordable: number
  /** How long a node that has nothing to do is kept, in milliseconds. */
  readonly idleMs: number
  /** Nodes that are up or coming; none that drains. */
  readonly nodes: readonly ScalableNode[]
  readonly coresPerNode: number
  /** All tasks that could run were there nodes, in the order of the queue. */
  readonly waiting: readonly Unserved[]
  /** Those of them that no node that is up or coming will take. */
  readonly unserved: readonly Unserved[]
  /** When the fleet was last made larger or smaller; null where never. */
  readonly lastChangeAt: number | null
}

/** What is to be done; at most one of both. */
export interface ScalingDecision {
  /** Sizes of cohorts to launch. */
  readonly launch: readonly number[]
  /** Nodes to end, all idle. */
  readonly end: readonly string[]
  readonly why: ScalingReason
}

export type ScalingReason =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'work'; readonly tasks: number; readonly nodes: number }
  | { readonly kind: 'metric'; readonly metric: string; readonly value: number; readonly bound: number }
  | { readonly kind: 'below-min'; readonly min: number }
  | { readonly kind: 'above-max'; readonly max: number }
  | { readonly kind: 'idle'; readonly nodes: number }
  /** Idle nodes of cohorts that are too small make room for one that is large enough. */
  | { readonly kind: 'make-room'; readonly nodes: number }
  | { readonly kind: 'limit'; readonly affordable: number }
  | { readonly kind: 'cooldown'; readonly until: number }
