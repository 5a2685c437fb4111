import { compareText } from '../../kit/compare-text.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import type { LeftOutReason } from './left-out.ts'
import type { Reservation } from './reservation.ts'

/**
 * EC2 begins to end the instances of a capacity block half an hour before the block ends (EC2 User Guide, "Capacity Blocks for
 * ML"); those of a reservation go on, on demand.
 */
const BLOCK_END_MS = 30 * 60_000

export interface ReservationAsked {
  readonly wanted: Pick<FleetSpec, 'nodes' | 'placement' | 'reservation' | 'zones'>
  readonly kind: Reservation['kind']
  readonly instanceType: string
  readonly now: number
}

/** Those that a fleet might mean: the one it names, or all of the kind and type; by id, whatever the cloud's order. */
export function meantReservations(asked: ReservationAsked, all: readonly Reservation[]): readonly Reservation[] {
  const { wanted, kind, instanceType } = asked
  const meant = all.filter((one) =>
    wanted.reservation === null
      ? one.kind === kind && one.instanceType === instanceType
      : one.id === wanted.reservation,
  )
  return meant.toSorted((a, b) => compareText(a.id, b.id))
}

/** Why a reservation cannot give the cohort; null where it can, as far as the cloud shows. */
export function unusable(one: Reservation, asked: ReservationAsked): LeftOutReason | null {
  return notMeant(one, asked) ?? notReady(one, asked)
}

function notMeant(one: Reservation, { wanted, kind, instanceType }: ReservationAsked): LeftOutReason | null {
  if (one.kind !== kind) return { kind: 'reservation-of-other-kind' }
  if (one.instanceType !== instanceType) {
    return { kind: 'reservation-of-other-type', instanceType: one.instanceType }
  }
  if (wanted.zones !== null && !wanted.zones.includes(one.zone)) return { kind: 'zone-not-allowed' }
  // Somebody's who names it: to take it unasked would take it from them. Blocks are always targeted.
  if (kind === 'reservation' && one.match === 'targeted' && wanted.reservation === null) {
    return { kind: 'reservation-targeted' }
  }
  // EC2 User Guide, "Use Capacity Reservations with placement groups": spread and partition groups do not support them.
  if (wanted.placement === 'spread' || wanted.placement === 'partition') {
    return { kind: 'no-reserved-placement', placement: wanted.placement }
  }
  return null
}

function notReady(one: Reservation, { wanted, kind, now }: ReservationAsked): LeftOutReason | null {
  const begun = one.startsAt === null || one.startsAt <= now
  if (one.state !== 'active' || !begun) {
    return { kind: 'reservation-inactive', state: one.state, startsAt: begun ? null : one.startsAt }
  }
  if (one.endsAt !== null && now >= one.endsAt - (kind === 'capacity-block' ? BLOCK_END_MS : 0)) {
    return { kind: 'reservation-ending', endsAt: one.endsAt }
  }
  if (one.available >= wanted.nodes) return null
  return { kind: 'reservation-small', available: one.available, nodes: wanted.nodes }
}
