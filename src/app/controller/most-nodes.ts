import { isUp, type ObservedNode } from '../../core/fleet/observed.ts'
import { MOST_NODES, type FleetSpec } from '../../core/fleet/spec.ts'
import { cohortsOf, isWhole } from '../../core/plan/cohort.ts'
import { keptNodes } from '../../core/plan/plan-drains.ts'
import type { NodeRange } from '../../core/scaling/range-in-force.ts'
import type { Room, Waiting } from '../../core/scheduling/input.ts'
import type { FleetWorker } from './fleet-worker.ts'

/**
 * How many nodes that can be worked with a fleet may have; `nodes` are those that it has. Bad ones that are kept count against a most
 * number that it names: they are paid like any other. One that names none grows to its own size, or to that of the largest task that waits.
 */
export function mostNodes(
  spec: FleetSpec,
  { min, max }: NodeRange,
  waiting: readonly Waiting[],
  nodes: readonly ObservedNode[],
): number {
  if (max < MOST_NODES) return max - keptNodes(nodes, spec).filter(isUp).length
  return Math.max(spec.nodes, min, ...waiting.map((task) => task.nodes))
}

/** By how much each fleet may still grow. */
export function roomIn(
  fleets: readonly FleetWorker[],
  ranges: ReadonlyMap<string, NodeRange>,
  waiting: readonly Waiting[],
): Map<string, Room> {
  return new Map(
    fleets.map((one) => {
      const own = waiting.filter((task) => task.fleet === one.name)
      return [one.name, roomOf(one, ranges.get(one.name)!, own)]
    }),
  )
}

function roomOf(one: FleetWorker, range: NodeRange, waiting: readonly Waiting[]): Room {
  const nodes = one.observed()?.nodes ?? []
  const whole = cohortsOf(nodes).filter(isWhole)
  const coming = one.pending().map((launch) => launch.nodes)
  const there = [...whole.map((cohort) => cohort.nodes.length), ...coming].reduce((sum, size) => sum + size, 0)
  return { more: mostNodes(one.spec(), range, waiting, nodes) - there, coming: Math.max(0, ...coming) }
}
