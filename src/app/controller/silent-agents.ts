import type { ObservedNode } from '../../core/fleet/observed.ts'
import type { Clock } from '../../ports/clock.ts'

/** An agent may be away for so long, in milliseconds: one that flaps, or that AWS updates, comes back by itself. */
const SILENT_MS = 300_000

/**
 * Tells from one look after another which nodes run, were ready once, and have had no agent for long: nothing can be done with them, and
 * their cohort waits for them. Where no node answers it is rather Systems Manager, or the way to it: nobody is named then.
 */
export function watchAgents(clock: Clock) {
  const awaySince = new Map<string, number>()
  return (nodes: readonly ObservedNode[]): ReadonlyMap<string, string> => {
    const away = nodes.filter((node) => node.state === 'running' && !node.online && node.stages.has('verified'))
    const ids = new Set(away.map(({ id }) => id))
    for (const id of awaySince.keys()) if (!ids.has(id)) awaySince.delete(id)
    for (const id of ids) if (!awaySince.has(id)) awaySince.set(id, clock.now())
    if (!nodes.some(({ online }) => online)) return new Map()
    const long = away.filter(({ id }) => clock.now() - (awaySince.get(id) ?? 0) > SILENT_MS)
    return new Map(long.map(({ id }) => [id, 'its SSM agent has not answered for five minutes']))
  }
}
