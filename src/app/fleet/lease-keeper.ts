import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Services } from '../services.ts'
import { renewal } from './lease.ts'

/** Renewals by themselves come at most once a minute, and three times a lease: two may be lost. */
const LEAST_MS = 60_000

export interface LeaseKeeper {
  /** Renews where it is time; returns at once. To be called often, with the nodes that are online now. */
  tick(nodeIds: readonly string[]): void
}

/**
 * Keeps a fleet's lease while a muster uses it: one call for 50 nodes, not waited for, and one that fails is made again after the
 * next interval. `since` is when the nodes have had it last, in milliseconds since the epoch.
 */
export function leaseKeeper({ leaseS }: FleetSpec, since: number, services: Services): LeaseKeeper {
  const { clock, cloud, remote } = services
  // A lease of seconds is a rehearsal's, and Run Command there is ours.
  const least = cloud.name === 'sandbox' ? 1000 : LEAST_MS
  const everyMs = leaseS === null ? Infinity : Math.max(least, (leaseS * 1000) / 3)
  let last = since
  return {
    tick(nodeIds) {
      if (nodeIds.length === 0 || clock.now() - last < everyMs) return
      last = clock.now()
      void renewal(0, services)
        .then((script) => remote.tell(nodeIds, script))
        .catch(() => undefined)
    },
  }
}
