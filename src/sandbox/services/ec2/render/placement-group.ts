import { arn, tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import type { PlacementGroup } from '../state/placement-group.ts'
import type { Moment } from './instance.ts'
import { tagSet } from './tags.ts'

export function groupOnWire(group: PlacementGroup, context: Ec2Call, moment: Moment = 'seen'): object {
  return {
    groupName: group.name,
    groupId: group.id,
    groupArn: arn(context, `placement-group/${group.name}`),
    state: 'available',
    strategy: group.strategy,
    ...(group.partitionCount === null ? {} : { partitionCount: group.partitionCount }),
    ...(group.spreadLevel === null ? {} : { spreadLevel: group.spreadLevel }),
    tagSet: tagSet(moment === 'current' ? group.tags.current : tagsSeen(context)(group)),
  }
}
