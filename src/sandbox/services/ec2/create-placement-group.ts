import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import { invalidCombination, invalidValue, missingParameter } from './errors.ts'
import { integer, oneOf, text } from './input/leaves.ts'
import { unimplemented } from './input/shape.ts'
import type { Parsed } from './input/shape.ts'
import { tagsFor, tagSpecifications } from './input/tags.ts'
import { findPlacementGroup } from './launch/choose-placement.ts'
import { groupOnWire } from './render/placement-group.ts'
import { newId, resource } from './state/resource.ts'
import type { PlacementGroup, Strategy } from './state/placement-group.ts'

const parameters = {
  GroupName: text,
  LinkedGroupId: unimplemented,
  Operator: unimplemented,
  PartitionCount: integer(1, 7),
  SpreadLevel: oneOf('host', 'rack'),
  Strategy: oneOf('cluster', 'spread', 'partition'),
  TagSpecification: tagSpecifications,
}

/** A group is available at once; its name is unique in the region. */
export const createPlacementGroup = operation({
  name: 'CreatePlacementGroup',
  input: parameters,
  handle(input, context) {
    const { region, now } = context
    const { GroupName: name, Strategy: strategy = 'cluster', PartitionCount = 2 } = input
    if (name === undefined || name === '') throw missingParameter('groupName')
    // ASCII, at most 255 characters: botocore's ec2 model.
    if (name.length > 255 || !/^[\x20-\x7e]+$/.test(name))
      throw invalidValue(`Value (${name}) for parameter groupName is invalid.`)
    refuseShape(input, strategy)
    if (findPlacementGroup(context, (group) => group.name === name) !== undefined)
      throw new AwsError('InvalidPlacementGroup.Duplicate', `The placement group '${name}' already exists.`)
    if (region.placementGroups.size >= MOST_GROUPS)
      throw new AwsError(
        'PlacementGroupLimitExceeded',
        'The maximum number of placement groups in this region has been reached.',
      )
    const group: PlacementGroup = {
      ...resource('placement-group', newId('pg-'), now, tagsFor(input.TagSpecification, 'placement-group')),
      name,
      strategy,
      partitionCount: strategy === 'partition' ? PartitionCount : null,
      spreadLevel: strategy === 'spread' ? 'rack' : null,
      members: new Set(),
    }
    region.placementGroups.set(group.id, group)
    return { return: true, placementGroup: groupOnWire(group, context, 'current') }
  },
})

const MOST_GROUPS = 500

function refuseShape({ PartitionCount, SpreadLevel }: Parsed<typeof parameters>, strategy: Strategy): void {
  if (PartitionCount !== undefined && strategy !== 'partition')
    throw invalidCombination("The parameter 'partitionCount' may only be used with the strategy 'partition'.")
  if (SpreadLevel !== undefined && strategy !== 'spread')
    throw invalidCombination("The parameter 'spreadLevel' may only be used with the strategy 'spread'.")
  if (SpreadLevel === 'host') throw invalidValue("The spread level 'host' is supported on Outposts only.")
}
