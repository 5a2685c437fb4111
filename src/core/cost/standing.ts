import type { Standing } from './limit-hit.ts'
import { endOf, paidUntil, type PaidThing } from './paid-thing.ts'

const MS_PER_HOUR = 3_600_000

/**
 * What some fleets cost an hour and have cost, by the ledger: the parts whose price is known. `coming` are nodes that are being launched
 * and that nobody has seen yet, in US dollars an hour.
 */
export function standingOf(
  paid: readonly PaidThing[],
  fleets: ReadonlySet<string>,
  coming: number,
  now: number,
): Standing {
  let usdPerHour = coming
  let spentUsd = 0
  for (const thing of paid) {
    if (!fleets.has(thing.fleet) || thing.usdPerHour === null) continue
    if (endOf(thing) === null) usdPerHour += thing.usdPerHour
    spentUsd += (Math.max(0, paidUntil(thing, now) - thing.beganAt) / MS_PER_HOUR) * thing.usdPerHour
  }
  return { usdPerHour, spentUsd }
}
