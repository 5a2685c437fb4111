import type { Vpc } from './network.ts'
import { defaultSubnet, defaultVpc } from './network.ts'
import type { Region } from './region.ts'
import { newId, resource, stableId } from './resource.ts'
import { newRouteTable } from './route-table.ts'
import type { RouteTable } from './route-table.ts'
import { addRule, newSecurityGroup } from './security-group.ts'
import type { Zone } from './zones.ts'

/** What gives the parts of a network their ids: random ones, or the same in every run. */
export interface Ids {
  readonly vpc: () => string
  readonly part: (prefix: string, name?: string) => string
  readonly subnet: (zone: Zone) => string
}

export const randomIds: Ids = {
  vpc: () => newId('vpc-'),
  part: (prefix) => newId(prefix),
  subnet: () => newId('subnet-'),
}

export const idsOf = (region: string): Ids => ({
  vpc: () => stableId('vpc-', region),
  part: (prefix, name) => stableId(prefix, name === undefined ? region : `${region} ${name}`),
  subnet: (zone) => stableId('subnet-', `${region} ${zone.name}`),
})

/** Puts a network into the region with what EC2 makes beside it: main route table, default group, default network ACL. */
export function addVpc(region: Region, vpc: Vpc, now: number, ids: Ids = randomIds): RouteTable {
  region.vpcs.set(vpc.id, vpc)
  const table = newRouteTable({ id: ids.part('rtb-'), vpcId: vpc.id, cidrBlock: vpc.cidrBlock, isMain: true }, now)
  region.routeTables.set(table.id, table)
  const group = newSecurityGroup(
    { id: ids.part('sg-'), name: 'default', description: 'default VPC security group', vpcId: vpc.id },
    now,
  )
  const own = { egress: false, protocol: '-1', fromPort: null, toPort: null, description: null } as const
  addRule(group, { ...own, peer: { kind: 'group', groupId: group.id } }, now)
  region.securityGroups.set(group.id, group)
  const acl = { ...resource('network-acl', ids.part('acl-'), now), vpcId: vpc.id }
  region.networkAcls.set(acl.id, acl)
  return table
}

/** The default network: a public subnet a zone, and an internet gateway on the way out. */
export function addDefaultVpc(region: Region, now: number, ids: Ids = randomIds): Vpc {
  const vpc = defaultVpc(ids.vpc(), now)
  const table = addVpc(region, vpc, now, ids)
  region.zones.forEach((zone, index) => {
    const subnet = defaultSubnet(ids.subnet(zone), vpc.id, zone, index, now)
    region.subnets.set(subnet.id, subnet)
  })
  const gateway = { ...resource('internet-gateway', ids.part('igw-'), now), vpcId: vpc.id }
  region.internetGateways.set(gateway.id, gateway)
  table.routes.set('0.0.0.0/0', {
    destination: '0.0.0.0/0',
    target: { kind: 'internet-gateway', id: gateway.id },
    origin: 'CreateRoute',
  })
  return vpc
}
