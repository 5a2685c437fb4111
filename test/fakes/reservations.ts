import { MusterError } from '../../src/core/errors/muster-error.ts'
import type { Reservation } from '../../src/core/capacity/reservation.ts'
import type { LaunchRequest } from '../../src/ports/compute.ts'

/** What the fake cloud's account has reserved; launches take from it, and are refused where too little is left. */
export function reservationTable(inUse: (reservation: string) => number) {
  const made: Reservation[] = []
  const shown = (one: Reservation): Reservation => ({ ...one, available: one.available - inUse(one.id) })

  return {
    add(one: Partial<Reservation> & Pick<Reservation, 'instanceType' | 'zone' | 'total'>): Reservation {
      const added: Reservation = {
        id: `cr-${String(made.length + 1).padStart(17, '0')}`,
        kind: 'reservation',
        available: one.total,
        match: 'open',
        state: 'active',
        startsAt: null,
        endsAt: null,
        placementGroup: null,
        ...one,
      }
      made.push(added)
      return added
    },
    all: () => made.map(shown),
    /** The reservation that the launch takes its nodes from; null where it needs none. Throws as AWS refuses. */
    take({ purchase, reservation, instanceType, zone, count }: LaunchRequest): string | null {
      if (purchase === 'on-demand' || purchase === 'spot') return null
      const kind = purchase === 'capacity-block' ? 'capacity-block' : 'reservation'
      const fits = made
        .map(shown)
        .filter((one) => one.kind === kind && one.instanceType === instanceType && one.zone === zone)
        .filter((one) => (reservation === null ? one.match === 'open' : one.id === reservation))
      const found = fits.find((one) => one.state === 'active' && one.available >= count)
      if (found !== undefined) return found.id
      const later = fits.some((one) => one.state !== 'active')
      throw new MusterError('CapacityShortage', `no reserved capacity for ${count} ${instanceType} in ${zone}`, {
        data: {
          zone,
          instanceType,
          awsCode: later ? 'InvalidCapacityReservationState.PendingActivation' : 'ReservationCapacityExceeded',
          zones: [],
        },
      })
    },
  }
}
