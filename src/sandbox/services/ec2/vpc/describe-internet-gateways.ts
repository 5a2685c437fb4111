import { operation } from '../context.ts'
import { next, select } from '../describe.ts'
import { filters } from '../input/filters.ts'
import { text } from '../input/leaves.ts'
import { paging } from '../input/pages.ts'
import { list } from '../input/shape.ts'
import { internetGatewayOnWire } from '../render/internet-gateway.ts'

const parameters = { ...paging({ least: 5, most: 1000 }), Filter: filters, InternetGatewayId: list(text) }

export const describeInternetGateways = operation({
  name: 'DescribeInternetGateways',
  input: parameters,
  handle(input, context) {
    const { items, nextToken } = select(
      {
        kind: 'internet-gateway',
        items: context.region.internetGateways,
        ids: input.InternetGatewayId,
        filters: input.Filter,
        table: {
          'attachment.state': (gateway) => (gateway.vpcId === null ? undefined : 'available'),
          'attachment.vpc-id': (gateway) => gateway.vpcId,
          'internet-gateway-id': (gateway) => gateway.id,
          'owner-id': () => context.world.account,
        },
        paging: input,
      },
      context,
    )
    return { internetGatewaySet: items.map((one) => internetGatewayOnWire(one, context)), ...next(nextToken) }
  },
})
