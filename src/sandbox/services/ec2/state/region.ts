import type { Fleet } from './fleet.ts'
import { publicImages } from './images.ts'
import type { PublicImage } from './images.ts'
import type { Instance } from './instance.ts'
import type { NetworkInterface } from './interface.ts'
import type { LaunchTemplate } from './launch-template.ts'
import { defaultSubnet, defaultVpc } from './network.ts'
import type { Subnet, Vpc } from './network.ts'
import type { PlacementGroup } from './placement-group.ts'
import { stableId } from './resource.ts'
import { addRule, newSecurityGroup } from './security-group.ts'
import type { SecurityGroup } from './security-group.ts'
import { newTokens } from './tokens.ts'
import type { Tokens } from './tokens.ts'
import type { SpotRequest } from './spot-request.ts'
import type { Volume } from './volume.ts'
import { zonesOf } from './zones.ts'
import type { Zone } from './zones.ts'

/** Everything that EC2 keeps for one region. */
export interface Region {
  readonly name: string
  readonly zones: readonly Zone[]
  readonly images: ReadonlyMap<string, PublicImage>
  readonly vpcs: Map<string, Vpc>
  readonly subnets: Map<string, Subnet>
  readonly securityGroups: Map<string, SecurityGroup>
  readonly interfaces: Map<string, NetworkInterface>
  readonly volumes: Map<string, Volume>
  readonly instances: Map<string, Instance>
  readonly placementGroups: Map<string, PlacementGroup>
  readonly launchTemplates: Map<string, LaunchTemplate>
  readonly fleets: Map<string, Fleet>
  readonly spotRequests: Map<string, SpotRequest>
  readonly tokens: Tokens
}

/** A region as a new account finds it: a default VPC, a subnet a zone, a security group that trusts itself. */
export function newRegion(name: string, now: number): Region {
  const zones = zonesOf(name)
  const vpc = defaultVpc(name, now)
  const subnets = zones.map((zone, index) => defaultSubnet(name, vpc.id, zone, index, now))
  const group = newSecurityGroup(
    { id: stableId('sg-', name), name: 'default', description: 'default VPC security group', vpcId: vpc.id },
    now,
  )
  const own = { egress: false, protocol: '-1', fromPort: null, toPort: null, description: null } as const
  addRule(group, { ...own, peer: { kind: 'group', groupId: group.id } }, now)
  return {
    name,
    zones,
    images: byId(publicImages(name)),
    vpcs: byId([vpc]),
    subnets: byId(subnets),
    securityGroups: byId([group]),
    interfaces: new Map(),
    volumes: new Map(),
    instances: new Map(),
    placementGroups: new Map(),
    launchTemplates: new Map(),
    fleets: new Map(),
    spotRequests: new Map(),
    tokens: newTokens(),
  }
}

export interface Regions {
  readonly get: (name: string) => Region
  readonly all: () => Iterable<Region>
}

/** Regions come into being when they are first used. What they have from the start was always there: it has no lag. */
export function newRegions(): Regions {
  const regions = new Map<string, Region>()
  return {
    all: () => regions.values(),
    get(name) {
      const region = regions.get(name) ?? newRegion(name, Number.NEGATIVE_INFINITY)
      regions.set(name, region)
      return region
    },
  }
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]))
}
