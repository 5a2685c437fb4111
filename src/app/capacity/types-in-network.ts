import { isMusterError } from '../../core/errors/muster-error.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { FleetNetwork } from '../../core/network/fleet-network.ts'
import type { EventSink } from '../../ports/event-sink.ts'
import { factsInNetwork } from '../fleet/fleet-network.ts'

/**
 * The types that the fleet's network can hold, each with the zones that it leaves; at least one.
 *
 * @throws MusterError NetworkUnfit where it can hold none of them.
 */
export function typesInNetwork(
  wanted: FleetSpec,
  types: readonly InstanceFacts[],
  network: FleetNetwork,
  observed: ObservedFleet,
  events: EventSink,
): readonly InstanceFacts[] {
  const refusals: unknown[] = []
  const fits = types.flatMap((facts) => {
    try {
      return [factsInNetwork(wanted, facts, network, observed)]
    } catch (error) {
      if (!isMusterError(error, 'NetworkUnfit')) throw error
      refusals.push(error)
      if (wanted.need === null && types.length > 1) {
        const { instanceType } = facts
        events.emit('capacity.type-dropped', {
          fleet: wanted.name,
          instanceType,
          why: `does not fit: ${error.message}`,
        })
      }
      return []
    }
  })
  if (fits.length === 0) throw refusals[0]
  return fits
}
