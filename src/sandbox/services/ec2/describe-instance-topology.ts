import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { invalidCombination } from './errors.ts'
import { next, select } from './describe.ts'
import { filters } from './input/filters.ts'
import { text } from './input/leaves.ts'
import { paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import { unknownPlacementGroup } from './launch/choose-placement.ts'
import { networkNodes } from './network-nodes.ts'
import { seen } from './state/lagged.ts'
import type { Instance } from './state/instance.ts'

const parameters = {
  ...paging({ least: 1, most: 100 }),
  Filter: filters,
  GroupName: list(text, 100),
  InstanceId: list(text, 100),
}

/** The network nodes above each running instance, from the top down: those that share the last are nearest. */
export const describeInstanceTopology = operation({
  name: 'DescribeInstanceTopology',
  input: parameters,
  handle(input, context) {
    const { region, horizon } = context
    const names = input.GroupName ?? []
    if ((input.InstanceId ?? []).length > 0 && (input.MaxResults !== undefined || names.length > 0))
      throw invalidCombination("The parameter 'InstanceIds' cannot be used with 'MaxResults' or 'GroupNames'.")
    const known = new Set([...region.placementGroups.values()].map((group) => group.name))
    const stranger = names.find((name) => !known.has(name))
    if (stranger !== undefined) throw unknownPlacementGroup(stranger)
    const isShown = (instance: Instance): boolean =>
      seen(instance.state, horizon).name === 'running' &&
      (names.length === 0 || names.includes(instance.placementGroup?.name ?? ''))
    const { items, nextToken } = select(
      {
        kind: 'instance',
        items:
          (input.InstanceId ?? []).length > 0
            ? region.instances
            : new Map([...region.instances].filter(([, one]) => isShown(one))),
        ids: input.InstanceId,
        filters: input.Filter,
        table: {
          'availability-zone': (instance) => instance.subnet.zone.name,
          'instance-type': (instance) => instance.type.InstanceType,
          'zone-id': (instance) => instance.subnet.zone.id,
        },
        paging: input,
        usual: 20,
      },
      context,
    )
    return { instanceSet: items.filter(isShown).map((instance) => onWire(instance, context)), ...next(nextToken) }
  },
})

function onWire(instance: Instance, { region }: Ec2Call): object {
  return {
    instanceId: instance.id,
    instanceType: instance.type.InstanceType,
    ...(instance.placementGroup === null ? {} : { groupName: instance.placementGroup.name }),
    ...(instance.reservation?.blockId == null ? {} : { capacityBlockId: instance.reservation.blockId }),
    networkNodeSet: networkNodes(instance, region.name),
    availabilityZone: instance.subnet.zone.name,
    zoneId: instance.subnet.zone.id,
  }
}
