import { arn, tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { freePlaces, reservationState } from '../reservations/state.ts'
import type { CapacityReservation } from '../state/capacity-reservation.ts'
import type { Moment } from './instance.ts'
import { tagSet } from './tags.ts'

export function reservedOnWire(one: CapacityReservation, context: Ec2Call, moment: Moment = 'seen'): object {
  const { now, world } = context
  return {
    capacityReservationId: one.id,
    ownerId: world.account,
    capacityReservationArn: arn(context, `capacity-reservation/${one.id}`),
    availabilityZoneId: one.zone.id,
    instanceType: one.instanceType,
    instancePlatform: one.platform,
    availabilityZone: one.zone.name,
    tenancy: 'default',
    totalInstanceCount: one.total,
    availableInstanceCount: freePlaces(one, now),
    ebsOptimized: one.ebsOptimized,
    ephemeralStorage: false,
    state: reservationState(one, now),
    startDate: new Date(one.startAt),
    ...(one.endAt === null ? {} : { endDate: new Date(one.endAt) }),
    endDateType: one.endAt === null ? 'unlimited' : 'limited',
    instanceMatchCriteria: one.match,
    createDate: new Date(one.createdAt),
    tagSet: tagSet(moment === 'current' ? one.tags.current : tagsSeen(context)(one)),
    ...(one.placementGroupArn === null ? {} : { placementGroupArn: one.placementGroupArn }),
    capacityAllocationSet: one.members.size === 0 ? [] : [{ allocationType: 'used', count: one.members.size }],
    reservationType: one.type,
    ...(one.blockId === null ? {} : { capacityBlockId: one.blockId }),
  }
}
