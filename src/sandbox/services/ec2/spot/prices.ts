import { createHash } from 'node:crypto'
import { recordedPrices } from '../../pricing/prices.ts'
import { instanceTypes } from '../state/instance-types.ts'

/** Spot prices move between these parts of the on-demand price from zone to zone. Ours: AWS's are not recorded. */
const LEAST = 0.3
const SPAN = 0.2

/** The on-demand price in dollars an hour as it was recorded; undefined where it was not. */
export function onDemandPrice(region: string, typeName: string): number | undefined {
  const { regionCode, onDemandLinux } = recordedPrices()
  const price = region === regionCode ? onDemandLinux[typeName] : undefined
  return price === undefined ? undefined : Number(price)
}

/**
 * The Spot price in dollars an hour, derived: a part of the recorded on-demand price that follows from type and zone, the
 * same in every run. Undefined for types without Spot, and where no on-demand price is recorded.
 */
export function spotPrice(region: string, typeName: string, zoneId: string): number | undefined {
  const whole = onDemandPrice(region, typeName)
  if (whole === undefined || instanceTypes().get(typeName)?.SupportedUsageClasses.includes('spot') !== true)
    return undefined
  const draw = createHash('sha256').update(`${typeName} ${zoneId}`).digest().readUInt16BE(0) / 65_536
  return Number((whole * (LEAST + SPAN * draw)).toFixed(4))
}

/** The moment that derived prices carry: the day of the recording, in milliseconds since the epoch. */
export const pricedAt = (): number => Date.parse(`${recordedPrices().recordedAt}T00:00:00Z`)
