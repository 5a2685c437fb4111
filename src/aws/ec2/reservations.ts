import { DescribeCapacityReservationsCommand, type CapacityReservation } from '@aws-sdk/client-ec2'
import type { Reservation } from '../../core/capacity/reservation.ts'
import { whereOffered } from '../optional.ts'
import { allPages } from '../pages.ts'
import type { Ec2 } from './ec2.ts'

/** Nothing can be launched into it any more, or it never came to be (CapacityReservationState). */
const ENDED = new Set(['expired', 'cancelled', 'cancelling', 'failed', 'payment-failed', 'unsupported', 'unavailable'])

/** What the account has reserved and can use: Linux on shared hardware, now or later. */
export async function reservations(ec2: Ec2): Promise<Reservation[]> {
  const all = await whereOffered(
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.send(new DescribeCapacityReservationsCommand({ MaxResults: 1000, NextToken }))
        return { items: page.CapacityReservations, next: page.NextToken }
      }),
    [],
  )
  return all.filter(isUsable).map(observed)
}

function isUsable({ State, InstancePlatform, Tenancy, CapacityReservationId }: CapacityReservation): boolean {
  const fits = (InstancePlatform ?? 'Linux/UNIX') === 'Linux/UNIX' && (Tenancy ?? 'default') === 'default'
  return CapacityReservationId !== undefined && fits && !ENDED.has(State ?? 'active')
}

function observed(one: CapacityReservation): Reservation {
  const total = one.TotalInstanceCount ?? 0
  return {
    id: one.CapacityReservationId ?? '',
    kind: one.ReservationType === 'capacity-block' ? 'capacity-block' : 'reservation',
    instanceType: one.InstanceType ?? '',
    zone: one.AvailabilityZone ?? '',
    total,
    available: one.AvailableInstanceCount ?? total,
    match: one.InstanceMatchCriteria === 'targeted' ? 'targeted' : 'open',
    state: one.State ?? 'active',
    startsAt: one.StartDate?.getTime() ?? null,
    endsAt: one.EndDate?.getTime() ?? null,
    // arn:aws:ec2:us-east-1:123456789012:placement-group/MyPG
    placementGroup: one.PlacementGroupArn?.split('placement-group/')[1] ?? null,
  }
}
