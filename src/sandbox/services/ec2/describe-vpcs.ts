import { operation } from './context.ts'
import { next, select } from './describe.ts'
import { absent, filters } from './input/filters.ts'
import { text } from './input/leaves.ts'
import { paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import { cidrAssociationId, dhcpOptionsId, vpcOnWire } from './render/vpc.ts'

const parameters = { ...paging({ least: 5, most: 1000 }), Filter: filters, VpcId: list(text) }

export const describeVpcs = operation({
  name: 'DescribeVpcs',
  input: parameters,
  handle(input, context) {
    const account = context.world.account
    const { items, nextToken } = select(
      {
        kind: 'vpc',
        items: context.region.vpcs,
        ids: input.VpcId,
        filters: input.Filter,
        table: {
          ...absent(
            'ipv6-cidr-block-association.association-id',
            'ipv6-cidr-block-association.ipv6-cidr-block',
            'ipv6-cidr-block-association.ipv6-pool',
            'ipv6-cidr-block-association.state',
          ),
          cidr: (vpc) => vpc.cidrBlock,
          'cidr-block-association.association-id': cidrAssociationId,
          'cidr-block-association.cidr-block': (vpc) => vpc.cidrBlock,
          'cidr-block-association.state': () => 'associated',
          'dhcp-options-id': dhcpOptionsId,
          'is-default': (vpc) => vpc.isDefault,
          isDefault: (vpc) => vpc.isDefault,
          'owner-id': () => account,
          state: () => 'available',
          'vpc-id': (vpc) => vpc.id,
        },
        paging: input,
      },
      context,
    )
    return {
      vpcSet: items.map((vpc) => vpcOnWire(vpc, context)),
      ...next(nextToken),
    }
  },
})
