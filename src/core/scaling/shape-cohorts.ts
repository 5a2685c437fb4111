import type { Unserved } from './input.ts'
import { nodesOf } from './metric.ts'

/** EC2 launches no more than this all or nothing: MinTargetCapacity of CreateFleet. */
const MOST_A_LAUNCH = 1000

/**
 * The cohorts that serve the tasks, of at most `room` nodes together: one that is large enough for the largest task that fits, since
 * tasks never span cohorts and one launch is placed better than several; of no fewer than `least` nodes, which the fleet lacks. Without
 * tasks (a policy that goes by a metric, the least size) one cohort of `otherwise` nodes.
 */
export function shapeCohorts(
  unserved: readonly Unserved[],
  room: number,
  coresPerNode: number,
  otherwise: number,
  least: number,
): number[] {
  if (room <= 0) return []
  if (unserved.length === 0) return split(Math.min(room, otherwise))
  let size = 0
  let largest = 0
  for (const task of unserved) {
    const nodes = nodesOf(task, coresPerNode)
    if (task.nodes > room || Math.ceil(size + nodes - 1e-9) > room) continue
    size += nodes
    largest = Math.max(largest, task.nodes)
  }
  return split(Math.max(largest, Math.ceil(size - 1e-9), Math.min(least, room)))
}

function split(nodes: number): number[] {
  const whole = Math.floor(nodes / MOST_A_LAUNCH)
  const rest = nodes % MOST_A_LAUNCH
  return [...Array.from({ length: whole }, () => MOST_A_LAUNCH), ...(rest > 0 ? [rest] : [])]
}
