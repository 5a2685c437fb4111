import type { Ec2Call } from '../context.ts'
import type { CapacityReservation } from '../state/capacity-reservation.ts'
import { newId, resource } from '../state/resource.ts'
import { watchEnd } from './end.ts'
import { takeIn } from './members.ts'

type Settings = Pick<
  CapacityReservation,
  | 'type'
  | 'instanceType'
  | 'platform'
  | 'zone'
  | 'placementGroupArn'
  | 'ebsOptimized'
  | 'startAt'
  | 'blockId'
  | 'total'
  | 'match'
  | 'endAt'
>

/** Writes a new reservation down and begins to wait for its end. */
export function makeReservation(
  settings: Settings,
  tags: ReadonlyMap<string, string>,
  context: Ec2Call,
): CapacityReservation {
  const one: CapacityReservation = {
    ...resource('capacity-reservation', newId('cr-'), context.now, tags),
    ...settings,
    cancelled: false,
    members: new Set(),
    takeBack: () => {},
  }
  context.region.capacityReservations.set(one.id, one)
  takeIn(one, context)
  watchEnd(one, context)
  return one
}
