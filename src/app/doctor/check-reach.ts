import { NEEDED_ENDPOINTS, type FleetNetwork, type WayOut } from '../../core/network/fleet-network.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { isMusterError } from '../../core/errors/muster-error.ts'
import type { Finding } from '../results/account.ts'
import type { Services } from '../services.ts'
import { fail, ok, warn, type Check } from './check.ts'

const WAY: Readonly<Record<WayOut, string>> = {
  nat: 'a NAT gateway',
  internet: 'public addresses and an internet gateway: nodes with one network card only',
  other: 'a route of your own',
  none: 'no way out',
  unknown: 'a way that this endpoint does not show',
}

/** How nodes of each fleet would reach SSM and S3: by a way out, or by endpoints. Without either they never register. */
export function checkReach(fleets: readonly FleetSpec[], { compute }: Services): Check {
  const name = 'way to SSM'
  return {
    name,
    async run() {
      const found = await Promise.all(
        fleets.map(async (fleet) => {
          try {
            return reach(name, fleet.name, await compute.network(fleet.network))
          } catch (error) {
            // What the network itself lacks is another check's line.
            if (!isMusterError(error, 'NetworkUnfit')) throw error
            return fail(name, `${fleet.name}: there is no network to reach SSM from`, 'muster setup')
          }
        }),
      )
      return found
    },
  }
}

function reach(name: string, fleet: string, { subnets, endpoints }: FleetNetwork): Finding {
  const missing = NEEDED_ENDPOINTS.filter((service) => endpoints !== null && !endpoints.includes(service))
  if (endpoints !== null && missing.length === 0)
    return ok(name, `${fleet}: endpoints of ${NEEDED_ENDPOINTS.join(', ')}`)
  const ways = [...new Set(subnets.map((subnet) => subnet.wayOut))]
  const stuck = subnets.filter(
    (subnet) => subnet.wayOut === 'none' || (subnet.wayOut === 'internet' && !subnet.givesPublicAddress),
  )
  const said = `${fleet}: ${ways.map((way) => WAY[way]).join('; ')}`
  if (stuck.length === subnets.length) {
    return fail(
      name,
      `${fleet}: nodes reach nothing from ${stuck.map((subnet) => subnet.id).join(', ')}: no NAT gateway, and no endpoints of ${missing.join(', ')}`,
      'muster setup',
    )
  }
  if (stuck.length > 0)
    return warn(name, `${said}; nothing is reached from ${stuck.map((subnet) => subnet.id).join(', ')}`, 'muster setup')
  return ok(name, said)
}
