import type { PlacedRung } from '../../core/capacity/rung.ts'
import { isOf, type Shortage } from '../../core/capacity/shortage.ts'
import { isMusterError, type MusterError } from '../../core/errors/muster-error.ts'
import type { Services } from '../services.ts'
import type { Climb } from './climb.ts'

/** One rung, asked for so many nodes of a fleet. */
export interface Tried extends PlacedRung {
  readonly fleet: string
  readonly count: number
}

/** True for what the next rung may not be refused with. */
export function isRefusal(error: unknown): error is MusterError {
  return isMusterError(error, 'CapacityShortage', 'PartialCohort', 'QuotaExceeded')
}

/** Says and remembers why a rung gave no nodes, so that the next plan tries another one. */
export async function rememberRefusal(
  tried: Tried,
  { code, message, data }: MusterError,
  climb: Climb,
  { clock, events, shortages }: Pick<Services, 'clock' | 'events' | 'shortages'>,
): Promise<void> {
  const { fleet, count, purchase, instanceType, zone, reservation, placementGroup, usdPerHour } = tried
  const named = data['zones']
  const availableZones = Array.isArray(named) ? named.filter((one) => typeof one === 'string') : []
  const place = { purchase, instanceType, zone, reservation }
  events.emit('capacity.refused', { fleet, nodes: count, ...place, usdPerHour, code, message, availableZones })
  const shortage = { ...place, placementGroup, count, code, message, availableZones, at: clock.now() }
  if (code !== 'QuotaExceeded') {
    climb.shortages.push(shortage)
    return shortages.remember(shortage)
  }
  // A quota is the account's in the whole region: no other zone of that type and purchase needs to be asked.
  const alike = climb.ladder.rungs.filter((rung) => rung.purchase === purchase && rung.instanceType === instanceType)
  climb.shortages.push(...alike.map((rung): Shortage => ({ ...shortage, ...placeOf(rung) })))
}

/** Whether a rung of these types is left that has not refused. */
export function hasRungLeft({ ladder, shortages }: Climb): boolean {
  return ladder.rungs.some((rung) => !shortages.some((shortage) => isOf(shortage, rung)))
}

function placeOf({
  zone,
  reservation,
  placementGroup,
}: PlacedRung): Pick<Shortage, 'zone' | 'reservation' | 'placementGroup'> {
  return { zone, reservation, placementGroup }
}
