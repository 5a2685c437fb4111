import { arn, operation } from './context.ts'
import { select } from './describe.ts'
import { filters } from './input/filters.ts'
import { text } from './input/leaves.ts'
import { list } from './input/shape.ts'
import { unknownPlacementGroup } from './launch/choose-placement.ts'
import { groupOnWire } from './render/placement-group.ts'

const parameters = { Filter: filters, GroupId: list(text), GroupName: list(text) }

export const describePlacementGroups = operation({
  name: 'DescribePlacementGroups',
  input: parameters,
  handle(input, context) {
    const seen = [...context.region.placementGroups.values()].filter((group) => group.createdAt <= context.horizon)
    const named = (input.GroupName ?? []).map((name) => {
      const group = seen.find((candidate) => candidate.name === name)
      if (group === undefined) throw unknownPlacementGroup(name)
      return group.id
    })
    for (const id of input.GroupId ?? []) if (!seen.some((group) => group.id === id)) throw unknownPlacementGroup(id)
    const { items } = select(
      {
        kind: 'placement-group',
        items: context.region.placementGroups,
        ids: [...(input.GroupId ?? []), ...named],
        filters: input.Filter,
        table: {
          'group-arn': (group) => arn(context, `placement-group/${group.name}`),
          'group-id': (group) => group.id,
          'group-name': (group) => group.name,
          'spread-level': (group) => group.spreadLevel,
          state: () => 'available',
          strategy: (group) => group.strategy,
        },
      },
      context,
    )
    return { placementGroupSet: items.map((group) => groupOnWire(group, context)) }
  },
})
