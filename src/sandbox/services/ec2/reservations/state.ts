import type { CapacityReservation } from '../state/capacity-reservation.ts'

/** Those of the model's states (CapacityReservationState) that a reservation here can be in. */
export type ReservationState = 'active' | 'expired' | 'cancelled' | 'scheduled' | 'payment-pending'

/** How long a Capacity Block's payment takes: ours, AWS's is minutes to hours. */
const PAYMENT_MS = 500

export function reservationState(one: CapacityReservation, now: number): ReservationState {
  if (one.cancelled) return 'cancelled'
  if (one.endAt !== null && now >= one.endAt) return 'expired'
  if (one.type === 'capacity-block' && now < one.createdAt + PAYMENT_MS) return 'payment-pending'
  return now < one.startAt ? 'scheduled' : 'active'
}

/** Places that nobody holds; none where the reservation is not active. */
export const freePlaces = (one: CapacityReservation, now: number): number =>
  reservationState(one, now) === 'active' ? Math.max(0, one.total - one.members.size) : 0

/** A Capacity Block takes no new instances in its last half hour, when those in it are ended: EC2 User Guide (compiled facts, 2026-09). */
export const BLOCK_END_MS = 30 * 60_000

/** When instances must be out of it; null where never. */
export const lastMoment = ({ type, endAt }: CapacityReservation): number | null =>
  endAt === null ? null : type === 'capacity-block' ? endAt - BLOCK_END_MS : endAt
