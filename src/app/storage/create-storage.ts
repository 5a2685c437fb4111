import { MusterError } from '../../core/errors/muster-error.ts'
import type { NewStorage } from '../../core/fleet/storage-spec.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { resourceTags } from '../../core/fleet/tags.ts'
import { subnetFor, type FleetNetwork } from '../../core/network/fleet-network.ts'
import { observeFleet } from '../fleet/observe.ts'
import { token } from '../fleet/token.ts'
import { withFleetLock } from '../fleet/with-lock.ts'
import type { CreatedStorage } from '../results/images-and-storage.ts'
import type { Services } from '../services.ts'

export interface CreateStorageRequest {
  /** The fleet that will mount it: what it is called, and where it is if nothing else says so. */
  readonly fleet: FleetSpec
  readonly spec: NewStorage
  /** Null takes the first zone of the network that offers the fleet's first type. */
  readonly zone: string | null
}

/**
 * Makes the storage of a fleet before its nodes, or without ever any: the fleet of that name finds and mounts it. Returns as soon as the
 * cloud accepts it; storage that the fleet has already is left as it is.
 *
 * @throws MusterError NetworkUnfit for a zone that the network has not.
 */
export async function createStorage(request: CreateStorageRequest, services: Services): Promise<CreatedStorage> {
  const { name } = request.fleet
  return withFleetLock(name, `making the storage of ${name}`, services, () => create(request, services))
}

async function create({ fleet, spec, zone }: CreateStorageRequest, services: Services): Promise<CreatedStorage> {
  const { compute, storage, identity, journal, clock } = services
  const [{ arn }, network, observed] = await Promise.all([
    identity.whoAmI(),
    compute.network(fleet.network),
    observeFleet(fleet.name, services, 'unasked'),
  ])
  const there = observed.storage.find(({ state }) => state !== 'deleting')
  if (there) {
    const subnet = network.subnets.find(({ id }) => id === there.subnetId)
    return { fleet: fleet.name, id: there.id, zone: subnet?.zone ?? '', existed: true }
  }
  const place = subnetFor(network, zone ?? (await zoneFor(fleet, network, services)))
  if (place === null) {
    const zones = [...new Set(network.subnets.map((subnet) => subnet.zone))].toSorted()
    throw new MusterError(
      'NetworkUnfit',
      `${network.vpc} has no subnet in ${zone}; it has some in ${zones.join(', ')}`,
      {
        suggestions: zones.map((one) => `--zone ${one}`),
      },
    )
  }
  const action = `${fleet.name}/storage`
  journal.intend({ fleet: fleet.name, action, kind: 'create-storage', at: clock.now() })
  const tags = resourceTags({ arn, lease: null, maxLife: null, user: fleet.tags })
  const groups = network.groups?.map((group) => group.id) ?? [
    (await compute.ensureSecurityGroup(fleet.name, action, network.vpc, tags)).id,
  ]
  const made = await storage.create({
    fleet: fleet.name,
    action,
    // The group is made anew with every life of the fleet.
    token: token(fleet.name, 'alone', place.id, ...groups, JSON.stringify([spec, tags])),
    spec,
    subnetId: place.id,
    securityGroupIds: groups,
    tags,
  })
  journal.settled({ fleet: fleet.name, action, outcome: 'done', at: clock.now() })
  return { fleet: fleet.name, id: made.id, zone: place.zone, existed: false }
}

async function zoneFor(fleet: FleetSpec, network: FleetNetwork, { compute }: Services): Promise<string> {
  const [type] = fleet.types
  const offered = type === undefined ? null : (await compute.facts(type)).zones
  const zones = (fleet.zones ?? network.subnets.map(({ zone }) => zone)).toSorted()
  return zones.find((zone) => offered === null || offered.includes(zone)) ?? zones[0] ?? ''
}
