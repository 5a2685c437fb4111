import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import { text } from './input/leaves.ts'
import { required } from './input/shape.ts'
import { groupName } from './reservations/match.ts'
import { reservationState } from './reservations/state.ts'
import { findPlacementGroup, unknownPlacementGroup } from './launch/choose-placement.ts'

const parameters = { GroupName: required(text) }

/** Every instance of the group must be terminated (shutting down is not enough), and its capacity reservations cancelled. */
export const deletePlacementGroup = operation({
  name: 'DeletePlacementGroup',
  input: parameters,
  handle({ GroupName: name }, context) {
    const group = findPlacementGroup(context, (candidate) => candidate.name === name)
    if (group === undefined) throw unknownPlacementGroup(name)
    const isReserved = [...context.region.capacityReservations.values()].some(
      (one) => groupName(one.placementGroupArn) === name && reservationState(one, context.now) === 'active',
    )
    if (group.members.size > 0 || isReserved)
      throw new AwsError(
        'InvalidPlacementGroup.InUse',
        `The placement group '${name}' is in use and may not be deleted.`,
      )
    context.region.placementGroups.delete(group.id)
    return { return: true }
  },
})
