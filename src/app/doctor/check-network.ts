import { isMusterError } from '../../core/errors/muster-error.ts'
import type { FleetNetwork } from '../../core/network/fleet-network.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Finding } from '../results/account.ts'
import type { Services } from '../services.ts'
import { ok, thrown, type Check } from './check.ts'

const ORIGIN = { named: 'named in muster.yaml', setup: 'made by muster setup', default: 'the default VPC' } as const

/** The network of each fleet: that it is there, and what its subnets are. */
export function checkNetwork(fleets: readonly FleetSpec[], { compute }: Services): Check {
  const name = 'network'
  return {
    name,
    run: async () => Promise.all(fleets.map((fleet) => networkOf(name, fleet, compute.network(fleet.network)))),
  }
}

async function networkOf(name: string, fleet: FleetSpec, reading: Promise<FleetNetwork>): Promise<Finding> {
  try {
    const { vpc, origin, subnets, groups } = await reading
    const own = groups === null ? '' : `, security groups ${groups.map((group) => group.id).join(', ')}`
    const zones = [...new Set(subnets.map((subnet) => subnet.zone))].toSorted()
    return ok(name, `${fleet.name}: ${vpc} (${ORIGIN[origin]}), subnets in ${zones.join(', ')}${own}`)
  } catch (error) {
    if (!isMusterError(error, 'NetworkUnfit')) throw error
    return thrown(name, error)
  }
}
