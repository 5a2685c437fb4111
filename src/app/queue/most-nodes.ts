import { MOST_NODES, type FleetSpec } from '../../core/fleet/spec.ts'
import { cohortsOf, isWhole } from '../../core/plan/cohort.ts'
import type { NodeRange } from '../../core/scaling/range-in-force.ts'
import type { Room, Waiting } from '../../core/scheduling/input.ts'
import type { FleetWorker } from './fleet-worker.ts'

/** A fleet that names no most number grows to its own size, or to that of the largest task that waits. */
export function mostNodes({ nodes }: FleetSpec, { min, max }: NodeRange, waiting: readonly Waiting[]): number {
  return max < MOST_NODES ? max : Math.max(nodes, min, ...waiting.map((task) => task.nodes))
}

/** By how much the fleet may still grow; `waiting` are its tasks. */
export function roomOf(one: FleetWorker, range: NodeRange, waiting: readonly Waiting[]): Room {
  const whole = cohortsOf(one.observed()?.nodes ?? []).filter(isWhole)
  const coming = one.pending().map(({ nodes }) => nodes)
  const there = [...whole.map((cohort) => cohort.nodes.length), ...coming].reduce((sum, nodes) => sum + nodes, 0)
  return { more: mostNodes(one.spec(), range, waiting) - there, coming: Math.max(0, ...coming) }
}
