import { operation } from '../context.ts'
import { next, select } from '../describe.ts'
import { filters } from '../input/filters.ts'
import { text } from '../input/leaves.ts'
import { paging } from '../input/pages.ts'
import { list } from '../input/shape.ts'
import { endpointOnWire } from '../render/vpc-endpoint.ts'

const parameters = { ...paging({ least: 1, most: 1000 }), Filter: filters, VpcEndpointId: list(text) }

export const describeVpcEndpoints = operation({
  name: 'DescribeVpcEndpoints',
  input: parameters,
  handle(input, context) {
    const { items, nextToken } = select(
      {
        kind: 'vpc-endpoint',
        items: context.region.endpoints,
        ids: input.VpcEndpointId,
        filters: input.Filter,
        table: {
          'ip-address-type': () => 'ipv4',
          'service-name': (endpoint) => endpoint.serviceName,
          'service-region': () => context.region.name,
          'vpc-endpoint-id': (endpoint) => endpoint.id,
          'vpc-endpoint-state': (endpoint) => endpoint.state,
          'vpc-endpoint-type': (endpoint) => endpoint.type,
          'vpc-id': (endpoint) => endpoint.vpcId,
        },
        paging: input,
      },
      context,
    )
    return { vpcEndpointSet: items.map((one) => endpointOnWire(one, context)), ...next(nextToken) }
  },
})
