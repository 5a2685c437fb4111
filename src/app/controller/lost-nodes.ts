import { isUp, type ObservedFleet, type ObservedNode } from '../../core/fleet/observed.ts'
import type { Clock } from '../../ports/clock.ts'

export interface Loss {
  /** Follows the node's name: `instance i-1 is terminated (...)`. */
  readonly reason: string
  /** True where Spot took it. */
  readonly isReclaimed: boolean
}

/** Nodes that have died, by instance id. */
export type LostNodes = ReadonlyMap<string, Loss>

/** How long an agent may be away before its node counts as dead, in milliseconds: an agent that flaps must not end a task. */
const OFFLINE_MS = 60_000
/** For how long a node that was held may be missing in what the cloud shows: describe calls lag. */
const MISSING_MS = 120_000

/**
 * Tells, from one look at a fleet after another, which nodes have died: the cloud says that they ended, or shows them no more, or their
 * agent has been away for long. It remembers since when, nothing else.
 */
export function watchLosses(clock: Clock) {
  const awaySince = new Map<string, number>()
  const since = (id: string): number => {
    const first = awaySince.get(id) ?? clock.now()
    awaySince.set(id, first)
    return clock.now() - first
  }

  const lossOf = (node: ObservedNode | undefined, id: string): Loss | null => {
    if (!node) {
      return since(id) > MISSING_MS ? { reason: `instance ${id} is not there any more`, isReclaimed: false } : null
    }
    if (!isUp(node)) {
      const why = node.stateReason === null ? '' : ` (${node.stateReason})`
      return { reason: `instance ${id} is ${node.state}${why}`, isReclaimed: isReclaimed(node) }
    }
    if (node.online || node.state === 'pending') {
      awaySince.delete(id)
      return null
    }
    return since(id) > OFFLINE_MS
      ? { reason: `instance ${id} does not answer: its SSM agent is gone`, isReclaimed: false }
      : null
  }

  return {
    /** `held` are ids of nodes that tasks hold. */
    look: (observed: ObservedFleet, held: ReadonlySet<string>): LostNodes => {
      const nodes = new Map(observed.nodes.map((node) => [node.id, node]))
      const losses = [...held].flatMap((id): [string, Loss][] => {
        const loss = lossOf(nodes.get(id), id)
        return loss === null ? [] : [[id, loss]]
      })
      return new Map(losses)
    },
  }
}

/** StateReason of an instance that Spot took: Server.SpotInstanceTermination, Server.SpotInstanceShutdown (EC2 API reference). */
function isReclaimed({ purchase, stateReason }: ObservedNode): boolean {
  return purchase === 'spot' && (stateReason === null || /spot/i.test(stateReason))
}
