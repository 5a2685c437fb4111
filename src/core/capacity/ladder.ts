import { compareText } from '../../kit/compare-text.ts'
import type { UsdPerHour } from '../cost/cost.ts'
import type { InstanceFacts } from '../fleet/instance-facts.ts'
import { ownPlacementGroup } from '../fleet/placement.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import type { LeftOut, LeftOutReason } from './left-out.ts'
import type { Reservation } from './reservation.ts'
import type { PlacedRung, Purchase } from './rung.ts'
import { meantReservations, unusable } from './usable-reservations.ts'

/** The ways to get a fleet's cohort, in the order in which they are tried, and the ways that there are not, each with its reason. */
export interface Ladder {
  readonly rungs: readonly PlacedRung[]
  readonly leftOut: readonly LeftOut[]
}

export const NO_LADDER: Ladder = { rungs: [], leftOut: [] }

/** What is known of an hour of one node; null is unknown, never 0. */
export interface LadderPrices {
  onDemand(instanceType: string): UsdPerHour | null
  spot(instanceType: string, zone: string): UsdPerHour | null
}

export interface LadderInput {
  readonly wanted: FleetSpec
  /** Types that can do what the fleet asks, the one to be tried first first. */
  readonly types: readonly InstanceFacts[]
  readonly reservations: readonly Reservation[]
  readonly prices: LadderPrices
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** The rungs for a cohort of some of the types only. */
export function rungsFor({ types }: Pick<FleetSpec, 'types'>, { rungs }: Ladder): readonly PlacedRung[] {
  return rungs.filter((rung) => types.includes(rung.instanceType))
}

type Entry = { readonly rung: PlacedRung } | { readonly leftOut: LeftOut }

/**
 * Builds the ladder, purely: by purchase, then type, then zone as the fleet lists them, or the cheapest first where it says so (what
 * has no price comes last, and the list decides between equals). The order in which the cloud lists things changes nothing.
 */
export function buildLadder(input: LadderInput): Ladder {
  const { wanted, types } = input
  const entries = wanted.capacity.flatMap((purchase) => types.flatMap((facts) => entriesOf(purchase, facts, input)))
  const rungs = entries.flatMap((entry) => ('rung' in entry ? [entry.rung] : []))
  return {
    rungs: wanted.order === 'price' ? rungs.toSorted(cheapestFirst) : rungs,
    leftOut: entries.flatMap((entry) => ('leftOut' in entry ? [entry.leftOut] : [])),
  }
}

function entriesOf(purchase: Purchase, facts: InstanceFacts, input: LadderInput): Entry[] {
  // A reservation is on-demand capacity that was set aside.
  if (!facts.purchases.includes(purchase === 'reservation' ? 'on-demand' : purchase)) {
    return [leftOut(purchase, facts, { kind: 'not-sold-so' })]
  }
  return purchase === 'on-demand' || purchase === 'spot'
    ? openEntries(purchase, facts, input)
    : reservedEntries(purchase, facts, input)
}

/** From the open market: a rung a zone. */
function openEntries(purchase: 'on-demand' | 'spot', facts: InstanceFacts, { wanted, prices }: LadderInput): Entry[] {
  const { instanceType } = facts
  const offered = facts.zones.toSorted(compareText)
  const placed = {
    placement: wanted.placement,
    placementGroup: wanted.placement === 'none' ? null : ownPlacementGroup(wanted.name),
  }
  const rung = (zone: string): PlacedRung => {
    const usdPerHour = purchase === 'spot' ? prices.spot(instanceType, zone) : prices.onDemand(instanceType)
    return { purchase, instanceType, zone, reservation: null, usdPerHour, ...placed }
  }
  if (wanted.zones === null) {
    if (offered.length === 0) return [leftOut(purchase, facts, { kind: 'zone-not-offered', offered })]
    return offered
      .map(rung)
      .toSorted(cheapestFirst)
      .map((one) => ({ rung: one }))
  }
  return wanted.zones.map((zone) =>
    offered.includes(zone)
      ? { rung: rung(zone) }
      : leftOut(purchase, facts, { kind: 'zone-not-offered', offered }, { zone }),
  )
}

/** From what the account has reserved: a rung a reservation. */
function reservedEntries(
  kind: Reservation['kind'],
  facts: InstanceFacts,
  { wanted, reservations, prices, now }: LadderInput,
): Entry[] {
  const { instanceType } = facts
  const asked = { wanted, kind, instanceType, now }
  const meant = meantReservations(asked, reservations)
  if (meant.length === 0) {
    if (wanted.reservation === null) return [leftOut(kind, facts, { kind: 'no-reservation' })]
    return [leftOut(kind, facts, { kind: 'reservation-unknown' }, { reservation: wanted.reservation })]
  }
  return meant.map((one) => {
    const offered = facts.zones.toSorted(compareText)
    const reached = offered.includes(one.zone)
    const why = unusable(one, asked) ?? (reached ? null : ({ kind: 'zone-not-offered', offered } as const))
    if (why !== null) return leftOut(kind, facts, why, { zone: one.zone, reservation: one.id })
    const { zone, placementGroup } = one
    // A block has been paid for in full; a reservation costs the same whether it is used or not.
    const usdPerHour = kind === 'capacity-block' ? 0 : prices.onDemand(instanceType)
    const placement = placementGroup === null ? ('none' as const) : ('cluster' as const)
    return { rung: { purchase: kind, instanceType, zone, reservation: one.id, usdPerHour, placement, placementGroup } }
  })
}

function leftOut(
  purchase: Purchase,
  { instanceType }: InstanceFacts,
  why: LeftOutReason,
  at: Partial<Pick<LeftOut, 'zone' | 'reservation'>> = {},
): Entry {
  return { leftOut: { purchase, instanceType, zone: null, reservation: null, ...at, why } }
}

function cheapestFirst(a: PlacedRung, b: PlacedRung): number {
  if (a.usdPerHour === b.usdPerHour) return 0
  return (a.usdPerHour ?? Infinity) - (b.usdPerHour ?? Infinity)
}
