import type { FleetSpec } from '../../core/fleet/spec.ts'
import { aloneS } from '../../core/fleet/standing.ts'
import type { Services } from '../services.ts'
import { renewal } from './lease.ts'
import { keepLeaseNote } from './lease-note.ts'
import { isEndedBySpending, spendingEnd } from './spending-end.ts'

/** At most one renewal a minute, of one call for 50 nodes: what a controller may cost Run Command. */
const LEAST_MS = 60_000

export interface LeaseKeeper {
  /** Renews where it is time; returns at once. To be called often, with the nodes that are online now. */
  tick(fleet: FleetSpec, nodeIds: readonly string[]): void
}

/**
 * Keeps a fleet's lease while a muster looks after it: one call for 50 nodes, not waited for, and one that fails is made again a minute
 * later. A renewal is no use of a node: an idle one still ends itself. Whoever is about to run a job on it says `isUse`.
 * `since` is when the nodes have had it last, in milliseconds since the epoch.
 */
export function leaseKeeper(since: number, services: Services, { isUse = false } = {}): LeaseKeeper {
  const { clock, remote } = services
  let last = since
  let hasFailed = false
  const at = (seconds: number | null) => (seconds === null ? null : clock.now() + seconds * 1000)
  const renew = async (fleet: FleetSpec, nodeIds: readonly string[]): Promise<void> => {
    const endS = await spendingEnd(fleet, services)
    await remote.tell(nodeIds, await renewal({ holdS: 0, isUse, endS }, services))
    const spentAt = typeof endS === 'number' ? at(endS) : null
    const note = { endsAt: at(fleet.leaseS), spentAt, aloneS: aloneS(fleet), nodeIds }
    await keepLeaseNote(fleet.name, note, services.objects)
  }
  return {
    tick(fleet, nodeIds) {
      const pause = hasFailed ? leastMs(services) : intervalMs(fleet, services)
      if (nodeIds.length === 0 || clock.now() - last < pause) return
      last = clock.now()
      hasFailed = false
      void renew(fleet, nodeIds).catch(() => {
        hasFailed = true
      })
    },
  }
}

/** A lease of seconds is a rehearsal's, and Run Command there is ours. */
const leastMs = ({ cloud }: Services): number => (cloud.name === 'sandbox' ? 1000 : LEAST_MS)

/** Three times a lease: two renewals may be lost. What is left of a spending limit changes with every node that comes or goes. */
function intervalMs(fleet: FleetSpec, services: Services): number {
  const least = leastMs(services)
  if (isEndedBySpending(fleet)) return least
  return Math.max(least, ((aloneS(fleet) ?? Infinity) * 1000) / 3)
}
