import type { Ec2Call } from '../context.ts'
import { invalidValue } from '../errors.ts'
import { zonesOffering } from '../launch/choose-type.ts'
import { onDemandPrice } from '../spot/prices.ts'
import type { BlockOffering } from '../state/capacity-reservation.ts'
import { instanceTypes } from '../state/instance-types.ts'
import { newId } from '../state/resource.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How far ahead a block may start: eight weeks (EC2 User Guide, compiled facts, 2026-09). */
const AHEAD_MS = 56 * DAY_MS

/** Blocks begin at half past eleven, UTC; one may also begin at once. */
const START_OF_DAY_MS = 11.5 * HOUR_MS

/** A day to 14 days, by the day, and then by the week to 182 days: botocore's ec2 model. */
export function refuseDuration(hours: number): void {
  const days = hours / 24
  const isWhole = Number.isInteger(days) && days >= 1
  if (!isWhole || days > 182 || (days > 14 && days % 7 !== 0))
    throw invalidValue(
      `The capacity duration ${hours} is not valid. Specify hours in 1-day increments up to 14 days (24 to 336), or in 7-day increments up to 182 days.`,
    )
}

export interface OfferingWanted {
  readonly instanceType: string
  readonly count: number
  readonly hours: number
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly until: number
}

/** What may be bought: in every zone that sells the type one block as early as asked, and one from the next half past eleven on. */
export function offeringsFor(wanted: OfferingWanted, { region, now }: Ec2Call): readonly BlockOffering[] {
  const { instanceType, count, hours, until } = wanted
  const first = Math.max(now, wanted.from)
  const next = Math.ceil((first - START_OF_DAY_MS) / DAY_MS) * DAY_MS + START_OF_DAY_MS
  const zones = region.zones.filter(({ name }) => zonesOffering(region.name, instanceType).includes(name))
  return [...new Set([first, next])]
    .filter((startAt) => startAt <= now + AHEAD_MS && startAt + hours * HOUR_MS <= until)
    .flatMap((startAt) =>
      zones.map((zone) => ({
        id: newId('cb-'),
        instanceType,
        zone,
        count,
        hours,
        startAt,
        endAt: startAt + hours * HOUR_MS,
        offeredAt: now,
      })),
    )
}

export function refuseType(name: string): void {
  const type = instanceTypes().get(name)
  if (type === undefined) throw invalidValue(`Invalid value '${name}' for InstanceType.`)
  if (!type.SupportedUsageClasses.includes('capacity-block'))
    throw invalidValue(`The instance type '${name}' is not supported for Capacity Blocks.`)
}

/** Derived: the recorded on-demand price for the whole time, since AWS's prices of blocks are not recorded. Undefined where none is. */
export function upfrontFee({ instanceType, count, hours }: BlockOffering, region: string): string | undefined {
  const price = onDemandPrice(region, instanceType)
  return price === undefined ? undefined : (price * count * hours).toFixed(2)
}
