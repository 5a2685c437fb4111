import { arn, tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { freeAddresses } from '../state/network.ts'
import type { Subnet } from '../state/network.ts'
import { tagSet } from './tags.ts'

/** A subnet as describe calls show it; what makes one shows the tags that it was given. */
export function subnetOnWire(subnet: Subnet, context: Ec2Call, tags: 'seen' | 'current' = 'seen'): object {
  return {
    subnetId: subnet.id,
    subnetArn: arn(context, `subnet/${subnet.id}`),
    vpcId: subnet.vpcId,
    ownerId: context.world.account,
    state: 'available',
    cidrBlock: subnet.cidrBlock,
    availabilityZone: subnet.zone.name,
    availabilityZoneId: subnet.zone.id,
    availableIpAddressCount: freeAddresses(subnet),
    defaultForAz: subnet.defaultForZone,
    mapPublicIpOnLaunch: subnet.mapPublicIp,
    mapCustomerOwnedIpOnLaunch: false,
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    ipv6Native: false,
    ipv6CidrBlockAssociationSet: [],
    privateDnsNameOptionsOnLaunch: {
      hostnameType: 'ip-name',
      enableResourceNameDnsARecord: false,
      enableResourceNameDnsAAAARecord: false,
    },
    tagSet: tagSet(tags === 'current' ? subnet.tags.current : tagsSeen(context)(subnet)),
  }
}
