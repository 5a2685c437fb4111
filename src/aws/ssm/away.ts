import { online } from './online.ts'
import type { Ssm } from './ssm.ts'

/** So often it is asked, and not before a command has taken as long: most take seconds. */
const EVERY_MS = 15_000
/** An agent that AWS updates, or that flaps, is back sooner. */
const AWAY_MS = 60_000

/**
 * Tells which nodes have been away for so long that nothing is to be heard from them any more. Run Command shows a node that ended in
 * the middle as InProgress until all its time limits have passed (SSM API reference, Command's ExpiresAfter), which may take an hour.
 */
export function watchAway(ssm: Ssm) {
  const { clock } = ssm.settings
  const since = new Map<string, number>()
  let next = clock.now() + EVERY_MS
  return async (nodeIds: readonly string[]): Promise<readonly string[]> => {
    const now = clock.now()
    if (now < next) return []
    next = now + EVERY_MS
    const there = await online(ssm, nodeIds)
    for (const id of nodeIds) {
      if (there.has(id)) since.delete(id)
      else if (!since.has(id)) since.set(id, now)
    }
    return nodeIds.filter((id) => now - (since.get(id) ?? now) >= AWAY_MS)
  }
}
