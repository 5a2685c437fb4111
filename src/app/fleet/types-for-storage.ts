import { MusterError } from '../../core/errors/muster-error.ts'
import { efaOfFleet } from '../../core/fleet/efa.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import { isAlive, type ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { FleetNetwork } from '../../core/network/fleet-network.ts'

/**
 * The types that can use the fleet's storage: with EFA where it is reached over that, and in the zone of storage that is there
 * already, since from elsewhere every byte would cost, and wait. Nodes that are up are where they are.
 *
 * @throws MusterError InstanceTypeUnfit where none of them can. Nothing has been made then.
 */
export function typesForStorage(
  wanted: FleetSpec,
  types: readonly InstanceFacts[],
  network: FleetNetwork,
  observed: ObservedFleet,
): readonly InstanceFacts[] {
  return inItsZone(withItsFabric(wanted, types), network, observed)
}

/** FSx for Lustre guide, efa-file-systems.html: its clients need EFA themselves, and are of Nitro v4 or later, which no API tells. */
function withItsFabric(wanted: FleetSpec, types: readonly InstanceFacts[]): readonly InstanceFacts[] {
  const { name, storage } = wanted
  if (storage?.kind !== 'new' || !storage.efa) return types
  const able = types.filter((facts) => efaOfFleet(wanted, facts) > 0)
  if (able.length > 0) return able
  const tried = types.map(({ instanceType }) => instanceType).join(', ')
  const message = `the storage of fleet ${name} is reached over EFA, and its nodes have none (${tried}, placement ${wanted.placement}, efa ${wanted.efa})`
  throw new MusterError('InstanceTypeUnfit', message, {
    suggestions: [
      `efa: false in fleets.${name}.storage of muster.yaml`,
      `efa: required in fleets.${name} of muster.yaml`,
    ],
  })
}

function inItsZone(
  types: readonly InstanceFacts[],
  network: FleetNetwork,
  { storage, nodes }: ObservedFleet,
): readonly InstanceFacts[] {
  const there = storage.find(({ state }) => state === 'available' || state === 'creating')
  const zone = network.subnets.find((subnet) => subnet.id === there?.subnetId)?.zone
  if (there === undefined || zone === undefined || nodes.some(isAlive)) return types
  const fit = types.filter(({ zones }) => zones.includes(zone)).map((facts) => ({ ...facts, zones: [zone] }))
  if (fit.length > 0) return fit
  const elsewhere = types.map(({ instanceType, zones }) => `${instanceType} in ${zones.join(', ')}`).join('; ')
  throw new MusterError(
    'InstanceTypeUnfit',
    `the storage ${there.id} is in ${zone}, where none of the types is to be had (${elsewhere})`,
    { suggestions: ['choose a type of that zone', 'muster storage list'] },
  )
}
