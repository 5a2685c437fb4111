import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next, select } from './describe.ts'
import { absent, filters } from './input/filters.ts'
import type { FilterTable } from './input/filters.ts'
import { text } from './input/leaves.ts'
import { paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import { reservedOnWire } from './render/capacity-reservation.ts'
import { reservationState } from './reservations/state.ts'
import type { CapacityReservation } from './state/capacity-reservation.ts'

const parameters = { ...paging({ least: 1, most: 1000 }), CapacityReservationId: list(text), Filter: filters }

/** Reservations and Capacity Blocks, those that have ended too. */
export const describeCapacityReservations = operation({
  name: 'DescribeCapacityReservations',
  input: parameters,
  handle(input, context) {
    const { items, nextToken } = select(
      {
        kind: 'capacity-reservation',
        items: context.region.capacityReservations,
        ids: input.CapacityReservationId,
        filters: input.Filter,
        table: table(context),
        paging: input,
      },
      context,
    )
    return { capacityReservationSet: items.map((one) => reservedOnWire(one, context)), ...next(nextToken) }
  },
})

const table = ({ world, now }: Ec2Call): FilterTable<CapacityReservation> => ({
  ...absent('outpost-arn'),
  'availability-zone': (one) => one.zone.name,
  'availability-zone-id': (one) => one.zone.id,
  'end-date': (one) => (one.endAt === null ? null : new Date(one.endAt)),
  'end-date-type': (one) => (one.endAt === null ? 'unlimited' : 'limited'),
  'instance-match-criteria': (one) => one.match,
  'instance-platform': (one) => one.platform,
  'instance-type': (one) => one.instanceType,
  'owner-id': () => world.account,
  'placement-group-arn': (one) => one.placementGroupArn,
  'reservation-type': (one) => one.type,
  'start-date': (one) => new Date(one.startAt),
  state: (one) => reservationState(one, now),
  tenancy: () => 'default',
})
