import { operation, tagsSeen } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next, select } from './describe.ts'
import { filters } from './input/filters.ts'
import { text } from './input/leaves.ts'
import { paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import { tagSet } from './render/tags.ts'
import type { Fleet } from './state/fleet.ts'

const parameters = { ...paging({ least: 1, most: 1000 }), Filter: filters, FleetId: list(text) }

/** Instant fleets are shown to those who ask for them by id only. */
export const describeFleets = operation({
  name: 'DescribeFleets',
  input: parameters,
  handle(input, context) {
    const asked = input.FleetId ?? []
    const { items, nextToken } = select(
      {
        kind: 'fleet',
        items: asked.length === 0 ? new Map<string, Fleet>() : context.region.fleets,
        ids: asked,
        filters: input.Filter,
        table: {
          'activity-status': () => 'fulfilled',
          'excess-capacity-termination-policy': () => undefined,
          'fleet-state': (fleet) => fleet.state,
          'replace-unhealthy-instances': () => false,
          type: () => 'instant',
        },
        paging: input,
      },
      context,
    )
    return { fleetSet: items.map((fleet) => fleetOnWire(fleet, context)), ...next(nextToken) }
  },
})

function fleetOnWire(fleet: Fleet, context: Ec2Call): object {
  const { onDemand, spot } = fleet.launched
  return {
    fleetId: fleet.id,
    activityStatus: onDemand + spot === 0 ? 'error' : 'fulfilled',
    createTime: new Date(fleet.createdAt),
    fleetState: fleet.state,
    ...(fleet.clientToken === null ? {} : { clientToken: fleet.clientToken }),
    fulfilledCapacity: onDemand + spot,
    fulfilledOnDemandCapacity: onDemand,
    ...fleet.shown,
    terminateInstancesWithExpiration: false,
    type: 'instant',
    replaceUnhealthyInstances: false,
    tagSet: tagSet(tagsSeen(context)(fleet)),
    ...fleet.answer,
  }
}
