import type { Region } from './state/region.ts'
import type { Resource } from './state/resource.ts'
import { ID_KINDS, refuseMalformed, unknownIds } from './input/ids.ts'
import type { ResourceKind } from './input/ids.ts'
import { AwsError } from '../../aws-error.ts'

/** Everything of a region that can carry tags. */
export function* allResources(region: Region): Iterable<Resource> {
  yield* region.instances.values()
  yield* region.interfaces.values()
  yield* region.volumes.values()
  for (const group of region.securityGroups.values()) {
    yield group
    yield* group.rules.values()
  }
  yield* region.launchTemplates.values()
  yield* region.placementGroups.values()
  yield* region.fleets.values()
  yield* region.spotRequests.values()
  yield* region.snapshots.values()
  for (const { own } of region.images.values()) if (own !== null) yield own
  yield* region.capacityReservations.values()
  yield* region.vpcs.values()
  yield* region.subnets.values()
  yield* region.routeTables.values()
  yield* region.internetGateways.values()
  yield* region.natGateways.values()
  yield* region.addresses.values()
  yield* region.endpoints.values()
  yield* region.networkAcls.values()
}

/** The resource behind an id of any kind; throws as EC2 does for the kind that the prefix tells. */
export function findResource(region: Region, id: string): Resource {
  const kind = (Object.keys(ID_KINDS) as ResourceKind[]).find((candidate) => id.startsWith(ID_KINDS[candidate].prefix))
  if (kind === undefined) throw new AwsError('InvalidID', `The ID '${id}' is not valid`)
  refuseMalformed(kind, [id])
  const found = finders[kind](region, id)
  if (found === undefined) throw unknownIds(kind, [id])
  return found
}

const finders: Readonly<Record<ResourceKind, (region: Region, id: string) => Resource | undefined>> = {
  instance: (region, id) => region.instances.get(id),
  subnet: (region, id) => region.subnets.get(id),
  vpc: (region, id) => region.vpcs.get(id),
  'route-table': (region, id) => region.routeTables.get(id),
  'internet-gateway': (region, id) => region.internetGateways.get(id),
  natgateway: (region, id) => region.natGateways.get(id),
  'elastic-ip': (region, id) => region.addresses.get(id),
  'vpc-endpoint': (region, id) => region.endpoints.get(id),
  'network-acl': (region, id) => region.networkAcls.get(id),
  'security-group': (region, id) => region.securityGroups.get(id),
  'security-group-rule': (region, id) =>
    [...region.securityGroups.values()].map((group) => group.rules.get(id)).find((rule) => rule !== undefined),
  'network-interface': (region, id) => region.interfaces.get(id),
  volume: (region, id) => region.volumes.get(id),
  // Public images belong to others: nobody may tag them.
  image: (region, id) => region.images.get(id)?.own ?? undefined,
  snapshot: (region, id) => region.snapshots.get(id),
  'launch-template': (region, id) => region.launchTemplates.get(id),
  'placement-group': (region, id) => region.placementGroups.get(id),
  fleet: (region, id) => region.fleets.get(id),
  'spot-instances-request': (region, id) => region.spotRequests.get(id),
  'capacity-reservation': (region, id) => region.capacityReservations.get(id),
}
