import { invalidCombination, invalidValue } from './errors.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { flag, integer, oneOf, text, time } from './input/leaves.ts'
import { anything, required, unimplemented } from './input/shape.ts'
import { insufficientCapacity } from './launch/capacity-refusals.ts'
import { shortageOf } from './launch/scripted-shortage.ts'
import { roomInQuota } from './launch/vcpu-quota.ts'
import { endDate } from './reservations/end-date.ts'
import { watchEnd } from './reservations/end.ts'
import { findChangeable } from './reservations/find-changeable.ts'
import { takeIn } from './reservations/members.ts'
import type { CapacityReservation } from './state/capacity-reservation.ts'
import { instanceTypes } from './state/instance-types.ts'

const parameters = {
  Accept: flag,
  AcceptModificationTerms: unimplemented,
  AdditionalInfo: anything,
  CapacityReservationId: required(text),
  EndDate: time,
  EndDateType: oneOf('unlimited', 'limited'),
  InstanceCount: integer(1),
  InstanceMatchCriteria: oneOf('open', 'targeted'),
  QuoteId: unimplemented,
  StartDate: unimplemented,
}

/** Changes the count, the end, and, while nobody is in it, who may use it. */
export const modifyCapacityReservation = operation({
  name: 'ModifyCapacityReservation',
  input: parameters,
  handle(input, context) {
    const one = findChangeable(input.CapacityReservationId, 'modified', context)
    const { InstanceCount: count = one.total, InstanceMatchCriteria: match = one.match } = input
    if (match !== one.match && one.members.size > 0)
      throw invalidCombination(
        `The instance eligibility of the Capacity Reservation '${one.id}' can be modified only while no instances run in it.`,
      )
    refuseCount(one, count, context)
    const isEndGiven = input.EndDateType !== undefined || input.EndDate !== undefined
    const endAt = isEndGiven ? endDate(input.EndDateType, input.EndDate, context.now) : one.endAt
    one.total = count
    one.match = match
    one.endAt = endAt
    takeIn(one, context)
    watchEnd(one, context)
    return { return: true }
  },
})

function refuseCount(one: CapacityReservation, count: number, context: Ec2Call): void {
  const more = count - one.total
  if (Math.abs(more) > 1000)
    throw invalidValue('The instance count can be changed by at most 1000 in a single request.')
  if (count < one.members.size)
    throw invalidValue(
      `The instance count ${count} is less than the ${one.members.size} instances that run in the Capacity Reservation '${one.id}'.`,
    )
  const type = instanceTypes().get(one.instanceType)
  if (more <= 0 || type === undefined) return
  const purchase = 'on-demand' as const
  const { refusal } = roomInQuota({ type, purchase, count: more, reserved: 0 }, [], context)
  if (refusal !== null) throw refusal
  const shortage = shortageOf({ type: one.instanceType, zone: one.zone.name, purchase }, context)
  if (shortage !== null) throw insufficientCapacity(one.instanceType, one.zone.name, shortage.others)
}
