import { operation, tagsSeen } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next, select } from './describe.ts'
import { filters } from './input/filters.ts'
import { text } from './input/leaves.ts'
import { paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import { groupSet } from './render/group-set.ts'
import { tagSet } from './render/tags.ts'
import { spotRequestFilters } from './spot/request-filters.ts'
import { STATUS_WORDS } from './spot/statuses.ts'
import type { SpotRequest } from './state/spot-request.ts'

const parameters = { ...paging({ least: 5, most: 1000 }), Filter: filters, SpotInstanceRequestId: list(text) }

/** The requests behind the region's Spot instances, those of instances that are gone too. */
export const describeSpotInstanceRequests = operation({
  name: 'DescribeSpotInstanceRequests',
  input: parameters,
  handle(input, context) {
    const { items, nextToken } = select(
      {
        kind: 'spot-instances-request',
        items: context.region.spotRequests,
        ids: input.SpotInstanceRequestId,
        filters: input.Filter,
        table: spotRequestFilters(context),
        paging: input,
      },
      context,
    )
    return { spotInstanceRequestSet: items.map((one) => requestOnWire(one, context)), ...next(nextToken) }
  },
})

function requestOnWire(one: SpotRequest, context: Ec2Call): object {
  const instance = context.region.instances.get(one.instanceId)
  const groups = instance?.interfaces[0]?.groupIds.current ?? []
  return {
    spotInstanceRequestId: one.id,
    ...(one.maxPrice === null ? {} : { spotPrice: one.maxPrice.toFixed(6) }),
    type: 'one-time',
    state: one.state,
    status: { code: one.status, updateTime: new Date(one.statusAt), message: STATUS_WORDS[one.status] },
    ...(one.validUntil === null ? {} : { validUntil: new Date(one.validUntil) }),
    ...(instance === undefined
      ? {}
      : {
          launchSpecification: {
            imageId: instance.image.id,
            instanceType: instance.type.InstanceType,
            placement: { availabilityZone: instance.subnet.zone.name },
            subnetId: instance.subnet.id,
            groupSet: groupSet(groups, context.region),
            monitoring: { enabled: instance.monitoring },
            ebsOptimized: instance.ebsOptimized,
          },
          launchedAvailabilityZone: instance.subnet.zone.name,
          launchedAvailabilityZoneId: instance.subnet.zone.id,
        }),
    instanceId: one.instanceId,
    createTime: new Date(one.createdAt),
    productDescription: 'Linux/UNIX',
    instanceInterruptionBehavior: 'terminate',
    tagSet: tagSet(tagsSeen(context)(one)),
  }
}
