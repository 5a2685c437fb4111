import { operation } from './context.ts'
import { next, select } from './describe.ts'
import { filters } from './input/filters.ts'
import { flag, text } from './input/leaves.ts'
import { paging, refusePagingWithIds } from './input/pages.ts'
import { list } from './input/shape.ts'
import { interfaceFilters } from './interface-filters.ts'
import { interfaceOnWire } from './render/interface.ts'

const parameters = {
  ...paging({ least: 5, most: 1000 }),
  Filter: filters,
  IncludeManagedResources: flag,
  NetworkInterfaceId: list(text),
}

/** Interfaces of instances and of managed services: what keeps a security group from being deleted. */
export const describeNetworkInterfaces = operation({
  name: 'DescribeNetworkInterfaces',
  input: parameters,
  handle(input, context) {
    refusePagingWithIds(input.NetworkInterfaceId, input, 'networkInterfaceIds')
    const { items, nextToken } = select(
      {
        kind: 'network-interface',
        items: context.region.interfaces,
        ids: input.NetworkInterfaceId,
        filters: input.Filter,
        table: interfaceFilters(context),
        paging: input,
      },
      context,
    )
    return { networkInterfaceSet: items.map((one) => interfaceOnWire(one, context)), ...next(nextToken) }
  },
})
