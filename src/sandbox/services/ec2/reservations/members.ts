import type { Clockwork } from '../life/clockwork.ts'
import { stateOf } from '../life/transitions.ts'
import type { CapacityReservation } from '../state/capacity-reservation.ts'
import type { Instance } from '../state/instance.ts'
import { fitsInstance } from './match.ts'
import { freePlaces } from './state.ts'

/** Gives the instance a place; the caller has seen that there is one. */
export function enter(instance: Instance, one: CapacityReservation): void {
  one.members.add(instance.id)
  instance.reservation = one
}

/** What is stopped or terminated holds no place. */
export function leave(instance: Instance): void {
  instance.reservation?.members.delete(instance.id)
  instance.reservation = null
}

/** An open reservation takes in what runs already and fits it: botocore's ec2 model, ModifyCapacityReservation. */
export function takeIn(one: CapacityReservation, { region, world }: Clockwork): void {
  if (one.match !== 'open') return
  for (const instance of region.instances.values()) {
    if (freePlaces(one, world.clock.now()) === 0) return
    const { preference, targetId } = instance.reservationAsked
    const isFree = instance.reservation === null && preference === 'open' && targetId === null
    if (isFree && ['pending', 'running'].includes(stateOf(instance)) && fitsInstance(one, instance))
      enter(instance, one)
  }
}
