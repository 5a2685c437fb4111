import { arn, operation, tagsSeen } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next, select } from './describe.ts'
import { absent, filters } from './input/filters.ts'
import { text } from './input/leaves.ts'
import { paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import { tagSet } from './render/tags.ts'
import { freeAddresses } from './state/network.ts'
import type { Subnet } from './state/network.ts'

const parameters = { ...paging({ least: 5, most: 1000 }), Filter: filters, SubnetId: list(text) }

export const describeSubnets = operation({
  name: 'DescribeSubnets',
  input: parameters,
  handle(input, context) {
    const { items, nextToken } = select(
      {
        kind: 'subnet',
        items: context.region.subnets,
        ids: input.SubnetId,
        filters: input.Filter,
        table: {
          ...absent(
            'customer-owned-ipv4-pool',
            'enable-lni-at-device-index',
            'ipv6-cidr-block-association.association-id',
            'ipv6-cidr-block-association.ipv6-cidr-block',
            'ipv6-cidr-block-association.state',
            'outpost-arn',
          ),
          'availability-zone': (subnet) => subnet.zone.name,
          availabilityZone: (subnet) => subnet.zone.name,
          'availability-zone-id': (subnet) => subnet.zone.id,
          availabilityZoneId: (subnet) => subnet.zone.id,
          'available-ip-address-count': freeAddresses,
          'cidr-block': (subnet) => subnet.cidrBlock,
          cidr: (subnet) => subnet.cidrBlock,
          'default-for-az': (subnet) => subnet.defaultForZone,
          defaultForAz: (subnet) => subnet.defaultForZone,
          'enable-dns64': () => false,
          'ipv6-native': () => false,
          'map-customer-owned-ip-on-launch': () => false,
          'map-public-ip-on-launch': () => false,
          'owner-id': () => context.world.account,
          'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': () => false,
          'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': () => false,
          'private-dns-name-options-on-launch.hostname-type': () => 'ip-name',
          state: () => 'available',
          'subnet-arn': (subnet) => arn(context, `subnet/${subnet.id}`),
          'subnet-id': (subnet) => subnet.id,
          'vpc-id': (subnet) => subnet.vpcId,
        },
        paging: input,
      },
      context,
    )
    return { subnetSet: items.map((subnet) => subnetOnWire(subnet, context)), ...next(nextToken) }
  },
})

/** No public addresses: a sandbox's node is reached through SSM, or not at all. */
function subnetOnWire(subnet: Subnet, context: Ec2Call): object {
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
    mapPublicIpOnLaunch: false,
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
    tagSet: tagSet(tagsSeen(context)(subnet)),
  }
}
