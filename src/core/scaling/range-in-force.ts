import type { ScheduledRange } from './policy.ts'

/** The fewest and the most nodes that a fleet may have. */
export interface NodeRange {
  readonly min: number
  readonly max: number
}

/** When each of the schedules fired last, in their order, in milliseconds since the epoch; null where it never has. */
export type LastFired = readonly (number | null)[]

/**
 * The bounds that hold now: those of the schedule that fired last, whether or not anybody looked then; of two at one time those of the
 * later in the list. What it leaves out, and all before the first has fired, is as the fleet's `nodes` say; never more than their most.
 */
export function rangeInForce(nodes: NodeRange, schedules: readonly ScheduledRange[], fired: LastFired): NodeRange {
  let last = -Infinity
  let range = nodes
  for (const [nth, { min, max }] of schedules.entries()) {
    const at = fired[nth] ?? null
    if (at === null || at < last) continue
    last = at
    range = { min: min ?? nodes.min, max: Math.min(max ?? nodes.max, nodes.max) }
  }
  return { min: Math.min(range.min, range.max), max: range.max }
}
