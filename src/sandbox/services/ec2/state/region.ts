import { addEndpoints } from './add-endpoints.ts'
import { addDefaultVpc, idsOf } from './add-vpc.ts'
import type { BlockOffering, CapacityReservation } from './capacity-reservation.ts'
import type { Fleet } from './fleet.ts'
import { publicImages } from './images.ts'
import type { Image } from './images.ts'
import type { Instance } from './instance.ts'
import type { NetworkInterface } from './interface.ts'
import type { LaunchTemplate } from './launch-template.ts'
import type { ElasticAddress, InternetGateway, NatGateway } from './gateways.ts'
import type { NetworkAcl } from './network-acl.ts'
import type { Subnet, Vpc } from './network.ts'
import type { PlacementGroup } from './placement-group.ts'
import type { RouteTable } from './route-table.ts'
import type { SecurityGroup } from './security-group.ts'
import { newTokens } from './tokens.ts'
import type { Tokens } from './tokens.ts'
import type { Snapshot } from './snapshot.ts'
import type { SpotRequest } from './spot-request.ts'
import type { Volume } from './volume.ts'
import type { VpcEndpoint } from './vpc-endpoint.ts'
import { zonesOf } from './zones.ts'
import type { Zone } from './zones.ts'

/** Everything that EC2 keeps for one region. */
export interface Region {
  readonly name: string
  readonly zones: readonly Zone[]
  readonly images: Map<string, Image>
  readonly snapshots: Map<string, Snapshot>
  readonly vpcs: Map<string, Vpc>
  readonly subnets: Map<string, Subnet>
  readonly routeTables: Map<string, RouteTable>
  readonly internetGateways: Map<string, InternetGateway>
  readonly natGateways: Map<string, NatGateway>
  readonly addresses: Map<string, ElasticAddress>
  readonly endpoints: Map<string, VpcEndpoint>
  readonly networkAcls: Map<string, NetworkAcl>
  readonly securityGroups: Map<string, SecurityGroup>
  readonly interfaces: Map<string, NetworkInterface>
  readonly volumes: Map<string, Volume>
  readonly instances: Map<string, Instance>
  readonly placementGroups: Map<string, PlacementGroup>
  readonly launchTemplates: Map<string, LaunchTemplate>
  readonly fleets: Map<string, Fleet>
  readonly capacityReservations: Map<string, CapacityReservation>
  readonly blockOfferings: Map<string, BlockOffering>
  readonly spotRequests: Map<string, SpotRequest>
  readonly tokens: Tokens
}

/** A region as somebody finds it who comes to an account: with the default network or without. */
export function newRegion(name: string, now: number, { defaultVpc = 'prepared' }: RegionSettings = {}): Region {
  const region: Region = {
    name,
    zones: zonesOf(name),
    images: byId(publicImages(name)),
    snapshots: new Map(),
    vpcs: new Map(),
    subnets: new Map(),
    routeTables: new Map(),
    internetGateways: new Map(),
    natGateways: new Map(),
    addresses: new Map(),
    endpoints: new Map(),
    networkAcls: new Map(),
    securityGroups: new Map(),
    interfaces: new Map(),
    volumes: new Map(),
    instances: new Map(),
    placementGroups: new Map(),
    launchTemplates: new Map(),
    fleets: new Map(),
    capacityReservations: new Map(),
    blockOfferings: new Map(),
    spotRequests: new Map(),
    tokens: newTokens(),
  }
  if (defaultVpc === 'none') return region
  const vpc = addDefaultVpc(region, now, idsOf(name))
  if (defaultVpc === 'prepared') addEndpoints(region, vpc, now, idsOf(name))
  return region
}

export interface RegionSettings {
  /**
   * The default network that regions have, which may be deleted later all the same: with endpoints of SSM and S3, as AWS makes it, or
   * none.
   */
  readonly defaultVpc?: 'prepared' | 'bare' | 'none'
}

export interface Regions {
  readonly get: (name: string) => Region
  readonly all: () => Iterable<Region>
}

/** Regions come into being when they are first used. What they have from the start was always there: it has no lag. */
export function newRegions(settings: RegionSettings = {}): Regions {
  const regions = new Map<string, Region>()
  return {
    all: () => regions.values(),
    get(name) {
      const region = regions.get(name) ?? newRegion(name, Number.NEGATIVE_INFINITY, settings)
      regions.set(name, region)
      return region
    },
  }
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]))
}
