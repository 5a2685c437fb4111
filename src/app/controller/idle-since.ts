import type { ObservedFleet } from '../../core/fleet/observed.ts'
import { isReady } from '../../core/plan/plan-raise.ts'

/** Keeps since when ready nodes that nobody holds have had nothing to do, by id. */
export function rememberIdle(
  { nodes }: ObservedFleet,
  held: ReadonlySet<string>,
  idleSince: Map<string, number>,
  now: number,
): void {
  const idle = new Set(nodes.filter((node) => isReady(node) && !held.has(node.id)).map((node) => node.id))
  for (const id of idleSince.keys()) if (!idle.has(id)) idleSince.delete(id)
  for (const id of idle) if (!idleSince.has(id)) idleSince.set(id, now)
}
