import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { invalidCombination } from '../errors.ts'
import { findAll } from '../input/ids.ts'
import type { LaunchRequest } from '../launch/request.ts'
import type { CapacityReservation } from '../state/capacity-reservation.ts'
import { lastMoment, reservationState } from './state.ts'

/** What an instance asks of reservations: the preference, or one by id. */
export interface ReservationAsked {
  readonly preference: 'open' | 'none' | 'capacity-reservations-only'
  readonly targetId: string | null
}

export function reservationAsked({ data }: Pick<LaunchRequest, 'data'>): ReservationAsked {
  const { CapacityReservationPreference: preference, CapacityReservationTarget: target } =
    data.CapacityReservationSpecification ?? {}
  if (preference !== undefined && preference !== 'capacity-reservations-only' && target !== undefined)
    throw invalidCombination(
      'You may specify either a Capacity Reservation preference or a Capacity Reservation target, but not both.',
    )
  return { preference: preference ?? 'open', targetId: target?.CapacityReservationId ?? null }
}

/**
 * The reservation that a launch targets by id; null where it names none. A Capacity Block must be active, and is used with its
 * own market type only.
 */
export function chooseTarget(
  request: LaunchRequest,
  asked: ReservationAsked,
  { region, now }: Ec2Call,
): CapacityReservation | null {
  const { purchase } = request
  refuseMarket(request)
  if (asked.targetId === null) {
    if (purchase === 'capacity-block')
      throw invalidCombination(
        "The market type 'capacity-block' needs a Capacity Block: specify CapacityReservationSpecification.CapacityReservationTarget.CapacityReservationId.",
      )
    return null
  }
  const [one] = findAll('capacity-reservation', [asked.targetId], (id) => region.capacityReservations.get(id))
  if (one === undefined) return null
  if (purchase === 'spot') throw invalidCombination('Spot Instances cannot be launched into a Capacity Reservation.')
  if ((one.type === 'capacity-block') !== (purchase === 'capacity-block'))
    throw invalidCombination(
      one.type === 'capacity-block'
        ? `The Capacity Reservation '${one.id}' is a Capacity Block: specify the market type 'capacity-block'.`
        : `The Capacity Reservation '${one.id}' is not a Capacity Block, and the market type 'capacity-block' was specified.`,
    )
  refuseState(one, now)
  return one
}

/** A fleet of Capacity Blocks needs templates that say so too: EC2 User Guide, capacity-blocks-launch (compiled facts, 2026-09). */
function refuseMarket({ purchase, market }: LaunchRequest): void {
  if (purchase === 'capacity-block' && market !== 'capacity-block')
    throw invalidCombination(
      "The launch template must specify the market type 'capacity-block' for the capacity type 'capacity-block'.",
    )
}

function refuseState(one: CapacityReservation, now: number): void {
  const state = reservationState(one, now)
  const last = lastMoment(one)
  if (state === 'active' && (last === null || now < last)) return
  // The code is in EC2's list of errors; the sentence is in EC2 Auto Scaling's guide (ts-as-capacity).
  if (state === 'scheduled' || state === 'payment-pending')
    throw new AwsError(
      'InvalidCapacityReservationState.PendingActivation',
      `Your Capacity Block reservation ${one.id} is not active yet.`,
    )
  throw new AwsError(
    'InvalidCapacityReservationState',
    `The Capacity Reservation '${one.id}' is not in a state in which instances can be launched into it (${state}).`,
  )
}

/** EC2's own sentence. It is also what a launch gets whose type, zone or placement group is not the reservation's. */
export const reservationExceeded = (): AwsError =>
  new AwsError(
    'ReservationCapacityExceeded',
    'The requested reservation does not have sufficient compatible and available capacity for this request.',
  )
