import { arn, operation } from './context.ts'
import { next, select } from './describe.ts'
import { absent, filters } from './input/filters.ts'
import { text } from './input/leaves.ts'
import { paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import { subnetOnWire } from './render/subnet.ts'
import { freeAddresses } from './state/network.ts'

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
          'map-public-ip-on-launch': (subnet) => subnet.mapPublicIp,
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
