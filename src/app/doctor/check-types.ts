import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Compute } from '../../ports/compute.ts'
import type { Finding } from '../results/account.ts'
import type { Services } from '../services.ts'
import { factsInNetwork } from '../fleet/fleet-network.ts'
import { fail, ok, thrown, type Check } from './check.ts'
import { emptyFleet } from '../../core/fleet/observed.ts'

/** Which zones sell a fleet's types, and of these which its network reaches. */
export function checkTypes(fleets: readonly FleetSpec[], { compute }: Services): Check {
  const name = 'instance types'
  return { name, run: async () => (await Promise.all(fleets.map((fleet) => ofFleet(name, fleet, compute)))).flat() }
}

async function ofFleet(name: string, fleet: FleetSpec, compute: Compute): Promise<Finding[]> {
  const network = await compute.network(fleet.network).catch(() => null)
  const all = await typesOf(fleet, compute).catch((error: unknown) => thrown(name, error))
  if ('state' in all) return [all]
  if (all.length === 0)
    return [
      fail(
        name,
        `${fleet.name}: no type of the region has what is asked for`,
        'ask for less under type: in muster.yaml',
      ),
    ]
  return all.map((facts) => {
    if (facts.zones.length === 0)
      return fail(name, `${fleet.name}: no zone sells ${facts.instanceType}`, 'another type, or --region')
    try {
      const { zones } = network === null ? facts : factsInNetwork(fleet, facts, network, emptyFleet(fleet.name))
      return ok(name, `${fleet.name}: ${facts.instanceType} in ${zones.join(', ')}`)
    } catch (error) {
      return thrown(name, error)
    }
  })
}

/** Those that are listed, or the smallest that have what is needed. */
export async function typesOf(fleet: FleetSpec, compute: Compute): Promise<readonly InstanceFacts[]> {
  if (fleet.need === null) return Promise.all(fleet.types.map((type) => compute.facts(type)))
  return (await compute.typesFor(fleet.need)).slice(0, MOST)
}

/** As many as a ladder tries at first. */
const MOST = 3
