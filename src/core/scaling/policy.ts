/** How a fleet's size follows its work, in the words of EC2 Auto Scaling. */
export type ScalingPolicy =
  /** What the tasks that wait need, in cohorts. */
  | { readonly kind: 'queue' }
  /** As many nodes as hold a metric at its target. */
  | { readonly kind: 'target-tracking'; readonly metric: ScalingMetric; readonly target: number }
  /** By how far the metric is beyond the threshold. */
  | {
      readonly kind: 'step'
      readonly metric: ScalingMetric
      readonly threshold: number
      readonly steps: readonly ScalingStep[]
    }
  /** One change, then none until the cooldown is over. */
  | {
      readonly kind: 'simple'
      readonly metric: ScalingMetric
      readonly threshold: number
      readonly change: Adjustment
      readonly cooldownMs: number
    }

/**
 * `backlog`: node-hours that wait, by time limits, for each node that the fleet has. `waiting`: tasks that wait, for each node.
 * `busy`: the part of the nodes that work, from 0 to 1.
 */
export type ScalingMetric = (typeof SCALING_METRICS)[number]

export const SCALING_METRICS = ['backlog', 'waiting', 'busy'] as const

/** `from` and `to` are distances from the threshold, the upper one not included; null is without end. */
export interface ScalingStep {
  readonly from: number | null
  readonly to: number | null
  readonly change: Adjustment
}

/** As EC2's ChangeInCapacity, ExactCapacity and PercentChangeInCapacity. */
export type Adjustment =
  | { readonly kind: 'add'; readonly nodes: number }
  | { readonly kind: 'exact'; readonly nodes: number }
  | { readonly kind: 'percent'; readonly percent: number }

/** From when it fires until another does, a schedule sets the fleet's fewest and most nodes. Null leaves what `nodes` of the fleet say. */
export interface ScheduledRange {
  /** Five fields. */
  readonly cron: string
  /** Such as `Europe/Berlin`. */
  readonly timeZone: string
  readonly min: number | null
  readonly max: number | null
}

/** `scaling:` of a fleet. */
export interface ScalingSpec {
  readonly policy: ScalingPolicy
  readonly schedules: readonly ScheduledRange[]
}

export const QUEUE_DRIVEN: ScalingSpec = { policy: { kind: 'queue' }, schedules: [] }
