import { addManagedInterface } from '../managed-interface.ts'
import type { Ids } from './add-vpc.ts'
import { dotted } from './cidr.ts'
import type { Vpc } from './network.ts'
import type { Region } from './region.ts'
import { resource } from './resource.ts'
import { addRule, newSecurityGroup } from './security-group.ts'
import { FULL_ACCESS } from './vpc-endpoint.ts'
import type { VpcEndpoint } from './vpc-endpoint.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html: what agents call without the internet. */
const SSM_SERVICES = ['ssm', 'ssmmessages', 'ec2messages'] as const

/**
 * What an account that is prepared for clusters has in its network, and AWS does not make by itself: endpoints of SSM with private
 * names, in one zone, and a gateway endpoint of S3. Without them nodes with several network interfaces, which get no public
 * address, reach nothing.
 */
export function addEndpoints(region: Region, vpc: Vpc, now: number, ids: Ids): void {
  const name = (service: string): string => `com.amazonaws.${region.name}.${service}`
  const bare = { policyDocument: FULL_ACCESS, state: 'available', vpcId: vpc.id } as const
  const add = (id: string, service: string, parts: Pick<VpcEndpoint, 'type' | 'privateDns' | Members>): void => {
    region.endpoints.set(id, { ...resource('vpc-endpoint', id, now), ...bare, serviceName: name(service), ...parts })
  }
  const routeTableIds = [...region.routeTables.values()].filter((one) => one.vpcId === vpc.id).map(({ id }) => id)
  const noInterfaces = { subnetIds: [], groupIds: [], interfaceIds: [] }
  add(ids.part('vpce-', 's3'), 's3', { type: 'Gateway', privateDns: false, routeTableIds, ...noInterfaces })
  const [subnet] = [...region.subnets.values()].filter((one) => one.vpcId === vpc.id)
  if (subnet === undefined) return
  const group = endpointGroup(region, vpc, now, ids)
  const place = { subnetIds: [subnet.id], groupIds: [group.id] }
  SSM_SERVICES.forEach((service, index) => {
    // From the end of the range, so that nodes have the addresses that they have without endpoints.
    const privateIp = dotted(subnet.addresses.first + subnet.addresses.count - 1 - index)
    const endpointId = ids.part('vpce-', service)
    const description = `VPC Endpoint Interface ${endpointId}`
    const wanted = { subnet, groupIds: [group.id], description, requester: 'amazon-aws', privateIp } as const
    const { id } = addManagedInterface(region, { ...wanted, type: 'vpc_endpoint' }, now)
    add(endpointId, service, { type: 'Interface', privateDns: true, routeTableIds: [], ...place, interfaceIds: [id] })
  })
}

type Members = 'routeTableIds' | 'subnetIds' | 'groupIds' | 'interfaceIds'

/** Lets the network in at 443. */
function endpointGroup(region: Region, vpc: Vpc, now: number, ids: Ids) {
  const description = 'lets the VPC in to its endpoints'
  const group = newSecurityGroup(
    { id: ids.part('sg-', 'endpoints'), name: 'endpoints', description, vpcId: vpc.id },
    now,
  )
  const https = { egress: false, protocol: 'tcp', fromPort: 443, toPort: 443, description: null } as const
  addRule(group, { ...https, peer: { kind: 'ipv4', cidr: vpc.cidrBlock } }, now)
  region.securityGroups.set(group.id, group)
  return group
}
