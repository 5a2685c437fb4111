import { tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { serviceOf } from '../state/vpc-endpoint.ts'
import type { VpcEndpoint } from '../state/vpc-endpoint.ts'
import { groupSet } from './group-set.ts'
import { tagSet } from './tags.ts'

export function endpointOnWire(endpoint: VpcEndpoint, context: Ec2Call, tags: 'seen' | 'current' = 'seen'): object {
  const { region, world } = context
  const service = serviceOf(endpoint.serviceName)
  return {
    vpcEndpointId: endpoint.id,
    vpcEndpointType: endpoint.type,
    vpcId: endpoint.vpcId,
    serviceName: endpoint.serviceName,
    serviceRegion: region.name,
    state: endpoint.state,
    policyDocument: endpoint.policyDocument,
    routeTableIdSet: endpoint.routeTableIds,
    subnetIdSet: endpoint.subnetIds,
    groupSet: groupSet(endpoint.groupIds, region),
    networkInterfaceIdSet: endpoint.interfaceIds,
    privateDnsEnabled: endpoint.privateDns,
    requesterManaged: false,
    ownerId: world.account,
    creationTimestamp: new Date(endpoint.createdAt),
    ipAddressType: 'ipv4',
    dnsEntrySet:
      endpoint.type === 'Gateway'
        ? []
        : [
            {
              dnsName: `${endpoint.id}-sandbox.${service}.${region.name}.vpce.amazonaws.com`,
              hostedZoneId: 'Z7HUB22UULQXV',
            },
          ],
    tagSet: tagSet(tags === 'current' ? endpoint.tags.current : tagsSeen(context)(endpoint)),
  }
}
