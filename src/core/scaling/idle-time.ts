import { ownIdleS } from '../fleet/standing.ts'
import type { FleetSpec } from '../fleet/spec.ts'

/** How long an idle node is kept where the fleet does not say, in milliseconds. */
const IDLE_MS = 600_000
/** So much before its own end an idle node is ended at most, in milliseconds. */
const AHEAD_MS = 60_000

/**
 * After how long without a task whoever works the queue ends a node, in milliseconds. Nodes that end themselves at the fleet's `idle` have
 * counted since their last job, which is heard of later: so it is a part of that time ahead of them. Else none would be left to send what
 * was written to the storage, and to count its files, and tasks would meet nodes that are on their way out.
 */
export function idleTimeMs(fleet: FleetSpec): number {
  if (fleet.idleS === null) return IDLE_MS
  const idleMs = fleet.idleS * 1000
  return ownIdleS(fleet) === null ? idleMs : idleMs - Math.min(AHEAD_MS, idleMs / 4)
}
