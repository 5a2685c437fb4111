import { isMusterError, type MusterError } from '../../core/errors/muster-error.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { FleetNetwork } from '../../core/network/fleet-network.ts'
import { factsInNetwork } from '../fleet/fleet-network.ts'
import type { Services } from '../services.ts'

/**
 * The types that the fleet's network can hold, each with the zones that it leaves; at least one.
 *
 * @throws MusterError NetworkUnfit where it can hold none of them; at an endpoint that is neither AWS nor the sandbox that is a warning.
 */
export function typesInNetwork(
  wanted: FleetSpec,
  types: readonly InstanceFacts[],
  network: FleetNetwork,
  observed: ObservedFleet,
  { events, cloud }: Pick<Services, 'events' | 'cloud'>,
): readonly InstanceFacts[] {
  const refusals: MusterError[] = []
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
  const [first] = refusals
  if (fits.length > 0 || first === undefined) return fits
  // Endpoints that only speak as AWS does have networks that lead nowhere, and nodes that do not need them.
  if (cloud.name === 'sandbox' || cloud.endpoint === null) throw first
  events.emit('warning', { message: `${first.message}; tried all the same at ${cloud.endpoint}`, hint: null })
  return types
}
