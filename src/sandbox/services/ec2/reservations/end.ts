import type { Clockwork } from '../life/clockwork.ts'
import { terminate } from '../life/end.ts'
import { capacityBlockEnd } from '../life/reasons.ts'
import type { CapacityReservation } from '../state/capacity-reservation.ts'
import { leave } from './members.ts'
import { lastMoment } from './state.ts'

/** Timers of Node hold 24 days at most, and a Capacity Block may last half a year. */
const LONGEST_WAIT_MS = 86_400_000

/**
 * Waits for the reservation's end. A Capacity Block ends its instances half an hour before; other reservations let go of
 * theirs, which run on, on demand.
 */
export function watchEnd(one: CapacityReservation, clockwork: Clockwork): void {
  one.takeBack()
  const at = lastMoment(one)
  if (at === null) return
  const { world } = clockwork
  const left = at - world.clock.now()
  if (left <= 0) {
    vacate(one, clockwork)
    return
  }
  one.takeBack = world.clock.after(Math.min(left, LONGEST_WAIT_MS), () => watchEnd(one, clockwork))
}

/** Takes all instances out of it. */
export function vacate(one: CapacityReservation, clockwork: Clockwork): void {
  for (const id of one.members) {
    const instance = clockwork.region.instances.get(id)
    if (instance === undefined) continue
    if (one.type === 'capacity-block') terminate(instance, clockwork, capacityBlockEnd)
    else leave(instance)
  }
}
