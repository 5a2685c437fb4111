import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { buildLadder, type LadderInput } from '../../../../src/core/capacity/ladder.ts'
import { describeLeftOut } from '../../../../src/core/capacity/left-out.ts'
import { PURCHASES, describeRung } from '../../../../src/core/capacity/rung.ts'
import { PLACEMENTS } from '../../../../src/core/fleet/placement.ts'
import { NOW, spec } from '../plan/model-world.ts'
import { ZONES, input, reservation, type } from './sample.ts'

const rungs = (of: LadderInput) => buildLadder(of).rungs.map(describeRung)
const left = (of: LadderInput) => buildLadder(of).leftOut.map(describeLeftOut)

describe('the order', () => {
  it('is the list of purchases, then of types, then of zones', () => {
    const wanted = { capacity: ['spot', 'on-demand'], zones: ['us-east-1c', 'us-east-1a'] } as const
    expect(rungs(input(wanted))).toEqual([
      'spot a.large in us-east-1c',
      'spot a.large in us-east-1a',
      'spot b.large in us-east-1c',
      'spot b.large in us-east-1a',
      'on-demand a.large in us-east-1c',
      'on-demand a.large in us-east-1a',
      'on-demand b.large in us-east-1c',
      'on-demand b.large in us-east-1a',
    ])
  })

  it('takes all zones by name where none are listed, and cheaper Spot zones first', () => {
    const prices = { onDemand: () => 3, spot: (_: string, zone: string) => (zone === 'us-east-1c' ? 1 : 2) }
    const wanted = { capacity: ['spot', 'on-demand'] } as const
    expect(rungs(input(wanted, { prices, types: [type('a.large')] }))).toEqual([
      'spot a.large in us-east-1c',
      'spot a.large in us-east-1a',
      'spot a.large in us-east-1b',
      'on-demand a.large in us-east-1a',
      'on-demand a.large in us-east-1b',
      'on-demand a.large in us-east-1c',
    ])
  })

  it('is by price where the fleet says so: what has no price comes last, the list decides between equals', () => {
    const prices = {
      onDemand: (name: string) => (name === 'a.large' ? 5 : null),
      spot: (name: string) => (name === 'b.large' ? 2 : 5),
    }
    const wanted = { capacity: ['on-demand', 'spot'], order: 'price', zones: ['us-east-1a'] } as const
    expect(rungs(input(wanted, { prices }))).toEqual([
      'spot b.large in us-east-1a',
      'on-demand a.large in us-east-1a',
      'spot a.large in us-east-1a',
      'on-demand b.large in us-east-1a',
    ])
  })
})

describe('reserved capacity', () => {
  const block = reservation('cr-2', { kind: 'capacity-block', match: 'targeted', zone: 'us-east-1c' })

  it('is a rung a reservation, in its zone; a placement group only where the reservation was made in one', () => {
    const wanted = { capacity: ['capacity-block', 'reservation', 'on-demand'], zones: null } as const
    const reservations = [reservation('cr-3', { placementGroup: 'theirs' }), block, reservation('cr-1')]
    const ladder = buildLadder(input(wanted, { reservations, types: [type('a.large')] }))
    expect(ladder.rungs.map((rung) => [describeRung(rung), rung.placement, rung.placementGroup])).toEqual([
      ['capacity-block a.large in us-east-1c from cr-2', 'none', null],
      ['reservation a.large in us-east-1b from cr-1', 'none', null],
      ['reservation a.large in us-east-1b from cr-3', 'cluster', 'theirs'],
      ['on-demand a.large in us-east-1a', 'cluster', 'muster-hpc'],
      ['on-demand a.large in us-east-1b', 'cluster', 'muster-hpc'],
      ['on-demand a.large in us-east-1c', 'cluster', 'muster-hpc'],
    ])
  })

  it('is the one that is named, and no other', () => {
    const reservations = [reservation('cr-1'), reservation('cr-2', { match: 'targeted' })]
    const wanted = { capacity: ['reservation'], reservation: 'cr-2' } as const
    expect(rungs(input(wanted, { reservations }))).toEqual(['reservation a.large in us-east-1b from cr-2'])
    expect(left(input(wanted, { reservations }))).toEqual([
      'reservation b.large in us-east-1b from cr-2: it is of a.large',
    ])
  })

  test.each([
    ['the account has none of that type', [], {}],
    ['the account has no such reservation', [], { reservation: 'cr-9' }],
    ['it is not of that kind', [block], { reservation: 'cr-2' }],
    ['it takes only who names it', [reservation('cr-1', { match: 'targeted' })], {}],
    ['it is scheduled, and begins at 2026', [reservation('cr-1', { state: 'scheduled', startsAt: NOW + 1 })], {}],
    ['it is expired', [reservation('cr-1', { state: 'expired' })], {}],
    ['it ends at 2026', [reservation('cr-1', { endsAt: NOW })], {}],
    ['it has room for 3, not for 4', [reservation('cr-1', { available: 3 })], {}],
    ['it is in a zone that the fleet does not allow', [reservation('cr-1')], { zones: ['us-east-1a'] }],
    ['reserved capacity cannot be placed as spread', [reservation('cr-1')], { placement: 'spread' as const }],
  ])('is left out: %s', (why, reservations, wanted) => {
    const of = input({ capacity: ['reservation'], ...wanted }, { reservations, types: [type('a.large')] })
    expect(rungs(of)).toEqual([])
    expect(left(of)).toEqual([expect.stringContaining(why)])
  })

  const ending = (endsAt: number) =>
    rungs(input({ capacity: ['capacity-block'] }, { reservations: [{ ...block, endsAt }], types: [type('a.large')] }))

  it('leaves a block alone from half an hour before its end on', () => {
    expect(ending(NOW + 31 * 60_000)).toHaveLength(1)
    expect(ending(NOW + 30 * 60_000)).toHaveLength(0)
  })
})

describe('what is left out of the open market', () => {
  it.each([
    ['spot hpc.large: the type is not sold so', { capacity: ['spot'] as const }],
    [
      'on-demand hpc.large in us-east-1e: the zone does not offer the type, or the network has no subnet there; it is to be had in us-east-1a, us-east-1b, us-east-1c',
      { zones: ['us-east-1e'] },
    ],
  ])('%s', (why, wanted) => {
    expect(left(input(wanted, { types: [type('hpc.large', { purchases: ['on-demand'] })] }))).toEqual([why])
  })

  it('says where no zone offers it', () => {
    expect(left(input({}, { types: [type('a.large', { zones: [] })] }))).toEqual([
      'on-demand a.large: no zone offers the type where the network has a subnet',
    ])
  })
})

const anyType = fc
  .record({
    purchases: fc.subarray(['on-demand', 'spot', 'capacity-block'] as const),
    zones: fc.subarray([...ZONES]),
  })
  .chain(({ purchases, zones }) =>
    fc.constantFrom('a.large', 'b.large', 'c.large').map((name) => type(name, { purchases, zones })),
  )

const anyReservation = fc.record({
  kind: fc.constantFrom('reservation' as const, 'capacity-block' as const),
  instanceType: fc.constantFrom('a.large', 'b.large'),
  zone: fc.constantFrom(...ZONES),
  available: fc.integer({ min: 0, max: 8 }),
  match: fc.constantFrom('open' as const, 'targeted' as const),
  state: fc.constantFrom('active', 'scheduled'),
  startsAt: fc.constantFrom(null, NOW - 1, NOW + 1),
  endsAt: fc.constantFrom(null, NOW - 1, NOW + 3_600_000),
  placementGroup: fc.constantFrom(null, 'theirs'),
})

const anyInput: fc.Arbitrary<LadderInput> = fc
  .record({
    types: fc.uniqueArray(anyType, { selector: (one) => one.instanceType }),
    reservations: fc.array(anyReservation, { maxLength: 5 }),
    prices: fc.array(fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }), { minLength: 12, maxLength: 12 }),
    wanted: fc.record({
      capacity: fc.shuffledSubarray([...PURCHASES], { minLength: 1 }),
      placement: fc.constantFrom(...PLACEMENTS),
      zones: fc.option(fc.shuffledSubarray([...ZONES, 'us-east-1z'], { minLength: 1 }), { nil: null }),
      order: fc.constantFrom('listed' as const, 'price' as const),
      reservation: fc.constantFrom(null, 'cr-0', 'cr-9'),
      nodes: fc.integer({ min: 1, max: 7 }),
    }),
  })
  .map(({ types, reservations, prices, wanted }) => {
    const priceOf = (name: string, zone: string) =>
      prices[(name.codePointAt(0)! - 97) * 4 + (1 + ZONES.indexOf(zone as (typeof ZONES)[number]))] ?? null
    return {
      wanted: spec(wanted),
      types,
      reservations: reservations.map((one, at) => reservation(`cr-${at}`, one)),
      prices: { onDemand: (name) => priceOf(name, ''), spot: priceOf },
      now: NOW,
    }
  })

describe('any ladder', () => {
  it('is the same in whatever order the cloud lists zones, purchases and reservations', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const turned = {
          ...given,
          types: given.types.map((one) => ({
            ...one,
            zones: one.zones.toReversed(),
            purchases: one.purchases.toReversed(),
          })),
          reservations: given.reservations.toReversed(),
        }
        expect(buildLadder(turned)).toEqual(buildLadder(given))
        expect(buildLadder(given)).toEqual(buildLadder(given))
      }),
    )
  })

  it('has the same rungs in whatever order the user lists them', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { types, wanted } = given
        const zones = wanted.zones?.toReversed() ?? null
        const turned = {
          ...given,
          types: types.toReversed(),
          wanted: { ...wanted, zones, capacity: wanted.capacity.toReversed() },
        }
        expect(rungs(turned).toSorted()).toEqual(rungs(given).toSorted())
      }),
    )
  })

  it('has no rung that the facts forbid, none twice, and a reason for every purchase and type without one', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { wanted, types, reservations } = given
        const ladder = buildLadder(given)
        expect(new Set(ladder.rungs.map(describeRung)).size).toBe(ladder.rungs.length)
        for (const rung of ladder.rungs) {
          const facts = types.find((one) => one.instanceType === rung.instanceType)!
          expect(wanted.capacity).toContain(rung.purchase)
          expect(facts.purchases).toContain(rung.purchase === 'reservation' ? 'on-demand' : rung.purchase)
          if (wanted.zones !== null) expect(wanted.zones).toContain(rung.zone)
          if (rung.reservation === null) {
            expect(facts.zones).toContain(rung.zone)
            expect(rung.placement).toBe(wanted.placement)
            continue
          }
          const taken = reservations.find((one) => one.id === rung.reservation)!
          expect(taken).toMatchObject({ kind: rung.purchase, instanceType: rung.instanceType, state: 'active' })
          expect(taken.available).toBeGreaterThanOrEqual(wanted.nodes)
          expect(rung.placementGroup).toBe(taken.placementGroup)
          expect(['cluster', 'none']).toContain(wanted.placement)
        }
        for (const purchase of wanted.capacity) {
          for (const { instanceType } of types) {
            const isOf = (one: { purchase: string; instanceType: string }) =>
              one.purchase === purchase && one.instanceType === instanceType
            expect(ladder.rungs.some(isOf) || ladder.leftOut.some(isOf)).toBe(true)
          }
        }
      }),
    )
  })

  it('climbs from the cheapest to the dearest, the unknown last, where the price decides', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { rungs: ordered } = buildLadder({ ...given, wanted: { ...given.wanted, order: 'price' } })
        const prices = ordered.map((rung) => rung.usdPerHour ?? Infinity)
        expect(prices).toEqual(prices.toSorted((a, b) => (a === b ? 0 : a - b)))
      }),
    )
  })
})
