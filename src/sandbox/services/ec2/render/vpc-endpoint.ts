import { tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { serviceOf } from '../state/vpc-endpoint.ts'
import type { VpcEndpoint } from '../state/vpc-endpoint.ts'
import { groupSet } from './group-set.ts'
import { tagSet } from './tags.ts'

const FROM_THE_START = new Date('2026-07-20T00:00:00Z')

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
    // What a region has from the start was always there; its day is that of the recorded facts.
    creationTimestamp: Number.isFinite(endpoint.createdAt) ? new Date(endpoint.createdAt) : FROM_THE_START,
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
