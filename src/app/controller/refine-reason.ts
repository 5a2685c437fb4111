import { isUp } from '../../core/fleet/observed.ts'
import { isReady } from '../../core/plan/plan-raise.ts'
import type { WaitReason } from '../../core/queue/wait-reason.ts'
import type { FleetWorker } from './fleet-worker.ts'
import type { TickReport } from './tick.ts'

type Seen = Pick<TickReport, 'ranges' | 'means'>

/** Why a task of so many nodes waits, where the fleet knows better than the schedule. */
export function refined(why: WaitReason, nodes: number, fleet: FleetWorker, seen: Seen): WaitReason {
  if (why.kind === 'no-cohort') return withoutCohort(nodes, fleet, seen) ?? why
  if (why.kind !== 'nodes-busy' && why.kind !== 'behind-others') return why
  const nodesNow = fleet.observed()?.nodes.filter(isUp) ?? []
  // Those that boot may be for it; where none is ready, nobody else has what it waits for.
  if (!nodesNow.some(isReady)) return { kind: 'nodes-coming', nodes }
  if (!nodesNow.every(isReady)) return why
  // It could have nodes of its own now, were it not for the limit.
  const most = seen.ranges.get(fleet.name)?.max ?? fleet.spec().maxNodes
  const mayGrow = nodesNow.length + nodes <= most
  return (mayGrow ? atLimit(nodes, fleet, seen) : null) ?? why
}

/** Nodes are coming, or AWS refuses them, or there may be none. */
function withoutCohort(nodes: number, fleet: FleetWorker, seen: Seen): WaitReason | null {
  const most = fleet.spec().maxNodes
  if (nodes > most) return { kind: 'too-large', nodes, most }
  const mostNow = seen.ranges.get(fleet.name)?.max ?? most
  if (nodes > mostNow) return { kind: 'too-large-now', nodes, most: mostNow }
  const blocked = fleet.blocked()
  if (blocked?.code === 'BadNodes') return { kind: 'bad-nodes', message: blocked.message, until: blocked.until }
  if (blocked?.code === 'LimitExceeded') return { kind: 'spending-limit', message: blocked.message }
  if (blocked?.code === 'CapacityShortage' || blocked?.code === 'PartialCohort')
    return { kind: 'no-capacity', message: blocked.message, retryAt: blocked.until }
  if (blocked) return { kind: 'fleet-blocked', message: blocked.message, hint: blocked.hint, retryAt: blocked.until }
  return fleet.pending().length > 0 ? { kind: 'nodes-coming', nodes } : atLimit(nodes, fleet, seen)
}

function atLimit(nodes: number, fleet: FleetWorker, { means }: Seen): WaitReason | null {
  const own = means.get(fleet.name)
  const isShort = own !== undefined && own.nodes < nodes && fleet.pending().length === 0
  return isShort && own.hit !== null ? { kind: 'limit', hit: own.hit } : null
}
