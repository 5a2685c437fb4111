import { MusterError } from '../../core/errors/muster-error.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { CloudFacts } from '../services.ts'

/**
 * A lease, an idle time or a life that is over before a node has booted would end every node at its birth.
 *
 * @throws MusterError ConfigInvalid.
 */
export function refuseShortLease(
  { name, leaseS, idleS, maxLifeS }: FleetSpec,
  { name: cloud, leastLeaseS }: CloudFacts,
): void {
  for (const [key, seconds] of [
    ['lease', leaseS],
    ['idle', idleS],
    ['maxLife', maxLifeS],
  ] as const) {
    if (seconds === null || seconds >= leastLeaseS) continue
    throw new MusterError(
      'ConfigInvalid',
      `${key} of fleet ${name} is ${seconds} s: its nodes would end before they have booted; with cloud ${cloud} it is at least ${leastLeaseS} s`,
      { suggestions: [`${key}: ${Math.ceil(leastLeaseS / 60)}m in fleets.${name} of muster.yaml`] },
    )
  }
}
