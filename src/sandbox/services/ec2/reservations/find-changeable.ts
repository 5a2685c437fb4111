import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { findAll } from '../input/ids.ts'
import type { CapacityReservation } from '../state/capacity-reservation.ts'
import { reservationState } from './state.ts'

/** A reservation that is active. A Capacity Block is paid for: it can be neither changed nor cancelled (EC2 User Guide; the code is assumed). */
export function findChangeable(
  id: string,
  verb: 'modified' | 'cancelled',
  { region, now }: Ec2Call,
): CapacityReservation {
  const [one] = findAll('capacity-reservation', [id], (key) => region.capacityReservations.get(key))
  if (one === undefined) throw new Error(`${id} was found and is not there`)
  if (one.type === 'capacity-block')
    throw new AwsError('OperationNotPermitted', `The Capacity Block '${id}' cannot be ${verb}.`)
  const state = reservationState(one, now)
  if (state !== 'active')
    throw new AwsError(
      'InvalidCapacityReservationState',
      `The Capacity Reservation '${id}' is ${state}, and cannot be ${verb}.`,
    )
  return one
}
