import { sumOf, times, type Sum } from './cost.ts'
import type { Standing } from './limit-hit.ts'
import { endOf, paidUntil, type PaidThing } from './paid-thing.ts'

const MS_PER_HOUR = 3_600_000

/** What some fleets have cost by the ledger. What is gone and never had a price is not held against them; what is there is unknown. */
export function spentOn(paid: readonly PaidThing[], fleets: ReadonlySet<string>, now: number): Sum {
  const own = paid.filter((thing) => fleets.has(thing.fleet) && (thing.usdPerHour !== null || endOf(thing) === null))
  return sumOf(
    own.map((thing) => times(thing.usdPerHour, Math.max(0, paidUntil(thing, now) - thing.beganAt) / MS_PER_HOUR)),
  )
}

/** What an hour of what is there of some fleets costs, by the ledger. */
export function hourOf(paid: readonly PaidThing[], fleets: ReadonlySet<string>): Sum {
  return sumOf(paid.filter((one) => fleets.has(one.fleet) && endOf(one) === null).map((one) => one.usdPerHour))
}

/**
 * How some fleets stand against their limits: the parts whose price is known. `coming` are nodes that are being launched and that nobody
 * has seen yet, in US dollars an hour.
 */
export function standingOf(
  paid: readonly PaidThing[],
  fleets: ReadonlySet<string>,
  coming: number,
  now: number,
): Standing {
  return {
    usdPerHour: (hourOf(paid, fleets).known ?? 0) + coming,
    spentUsd: spentOn(paid, fleets, now).known ?? 0,
  }
}
