import { operation } from './context.ts'
import { next, select } from './describe.ts'
import { filters } from './input/filters.ts'
import { flag, text } from './input/leaves.ts'
import { paging, refusePagingWithIds } from './input/pages.ts'
import { list } from './input/shape.ts'
import { instanceFilters } from './instance-filters.ts'
import { reservationOnWire } from './render/reservation.ts'

const parameters = {
  ...paging({ least: 5, most: 1000 }),
  Filter: filters,
  IncludeManagedResources: flag,
  InstanceId: list(text),
}

/** Instances by id, or by filter, together with the others of their reservation that are shown. */
export const describeInstances = operation({
  name: 'DescribeInstances',
  input: parameters,
  handle(input, context) {
    refusePagingWithIds(input.InstanceId, input, 'instancesSet')
    const { items, nextToken } = select(
      {
        kind: 'instance',
        items: context.region.instances,
        ids: input.InstanceId,
        filters: input.Filter,
        table: instanceFilters(context),
        paging: input,
      },
      context,
    )
    const reservations = Map.groupBy(items, (instance) => instance.reservationId)
    return {
      reservationSet: [...reservations.values()].map((instances) => reservationOnWire(instances, context, 'seen')),
      ...next(nextToken),
    }
  },
})
