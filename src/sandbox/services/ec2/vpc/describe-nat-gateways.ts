import { operation } from '../context.ts'
import { next, select } from '../describe.ts'
import { filters } from '../input/filters.ts'
import { text } from '../input/leaves.ts'
import { paging } from '../input/pages.ts'
import { list } from '../input/shape.ts'
import { natGatewayOnWire } from '../render/nat-gateway.ts'

const parameters = { ...paging({ least: 5, most: 1000 }), Filter: filters, NatGatewayId: list(text) }

export const describeNatGateways = operation({
  name: 'DescribeNatGateways',
  input: parameters,
  handle(input, context) {
    const { items, nextToken } = select(
      {
        kind: 'natgateway',
        items: context.region.natGateways,
        ids: input.NatGatewayId,
        filters: input.Filter,
        table: {
          'nat-gateway-id': (nat) => nat.id,
          state: (nat) => nat.state,
          'subnet-id': (nat) => nat.subnetId,
          'vpc-id': (nat) => nat.vpcId,
        },
        paging: input,
      },
      context,
    )
    return { natGatewaySet: items.map((nat) => natGatewayOnWire(nat, context)), ...next(nextToken) }
  },
})
