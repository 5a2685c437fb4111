import * as fc from 'fast-check'
import { observedStorage } from '../../../fakes/observed-storage.ts'
import { describe, expect, it } from 'vitest'
import { sumOf } from '../../../../src/core/cost/cost.ts'
import { costNow, costOfSpec, spentSoFar, type PriceOf } from '../../../../src/core/cost/fleet-cost.ts'
import { NOW, node, nothing, spec } from '../plan/model-world.ts'

const HOUR = 3_600_000
const priceOf: PriceOf = (type) => (type === 'hpc7g.16xlarge' ? { usdPerHour: 1.5, asOf: '2026-07-20' } : null)
const disk = observedStorage()

const perGiB = ({ deployment }: { readonly deployment: string | null }) =>
  deployment === 'SCRATCH_2' ? { usdPerHour: 0.0002, asOf: '2026-07-01' } : null

const asBought: PriceOf = (_, how) => {
  const usdPerHour = how?.purchase === 'spot' ? (how.zone === 'us-east-1a' ? 1 : 2) : 0
  return { usdPerHour, asOf: '2026-07-20' }
}

describe('sums', () => {
  it('are unknown as a whole where a part is, and never 0 for what is unknown', () => {
    expect(sumOf([])).toEqual({ total: 0, known: 0 })
    expect(sumOf([1, 2])).toEqual({ total: 3, known: 3 })
    expect(sumOf([1, null])).toEqual({ total: null, known: 1 })
    expect(sumOf([null])).toEqual({ total: null, known: null })
  })

  it('do not depend on the order', () => {
    const amount = fc.option(fc.integer({ min: 0, max: 1000 }), { nil: null })
    fc.assert(
      fc.property(fc.array(amount), (amounts) => {
        expect(sumOf(amounts.toReversed())).toEqual(sumOf(amounts))
      }),
    )
  })
})

describe('a fleet', () => {
  it('costs its nodes by the hour; storage whose price is not known has none', () => {
    expect(costOfSpec(spec({ storage: null }), 'hpc7g.16xlarge', priceOf)).toEqual({
      parts: [{ what: '4 x hpc7g.16xlarge', usdPerHour: 6, asOf: '2026-07-20' }],
      usdPerHour: { total: 6, known: 6 },
    })
    const cost = costOfSpec(spec(), 'hpc7g.16xlarge', priceOf)
    expect(cost.parts[1]).toEqual({ what: 'storage 1200 GiB SCRATCH_2', usdPerHour: null, asOf: null })
    expect(cost.usdPerHour).toEqual({ total: null, known: 6 })
    expect(costOfSpec(spec(), 'c6i.large', priceOf).usdPerHour).toEqual({ total: null, known: null })
  })

  it('costs now what starts or runs, by type', () => {
    const nodes = [
      node('i-1'),
      node('i-2', { state: 'pending' }),
      node('i-3', { state: 'stopped' }),
      node('i-4', { state: 'shutting-down' }),
      node('i-5', { instanceType: 'c6i.large' }),
    ]
    expect(costNow({ ...nothing, nodes }, priceOf)).toEqual({
      parts: [
        { what: '2 x hpc7g.16xlarge', usdPerHour: 3, asOf: '2026-07-20' },
        { what: '1 x c6i.large', usdPerHour: null, asOf: null },
      ],
      usdPerHour: { total: null, known: 3 },
    })
    expect(costNow(nothing, priceOf).usdPerHour).toEqual({ total: 0, known: 0 })
  })

  it('costs its storage by the GiB where its price is known', () => {
    expect(costOfSpec(spec(), 'hpc7g.16xlarge', priceOf, perGiB).parts[1]).toEqual({
      what: 'storage 1200 GiB SCRATCH_2',
      usdPerHour: expect.closeTo(0.24, 9),
      asOf: '2026-07-01',
    })
    const other = { ...disk, deployment: 'PERSISTENT_2', throughputPerTiB: 125 } as const
    const storage = [disk, { ...disk, state: 'failed' }, other] as const
    expect(costNow({ ...nothing, storage }, priceOf, perGiB).usdPerHour).toEqual({
      total: null,
      known: expect.closeTo(0.24, 9),
    })
    const old = { ...disk, createdAt: NOW - 10 * HOUR }
    expect(spentSoFar({ ...nothing, storage: [old] }, priceOf, NOW, perGiB).total).toBeCloseTo(2.4, 9)
  })

  it('costs Spot nodes what their zone asks, and nodes of a block what was paid ahead', () => {
    const bought = [
      node('i-1', { purchase: 'spot', zone: 'us-east-1a' }),
      node('i-2', { purchase: 'spot', zone: 'us-east-1b' }),
      node('i-3', { purchase: 'capacity-block' }),
    ]
    const { parts, usdPerHour } = costNow({ ...nothing, nodes: bought }, asBought)
    expect(parts.map((part) => [part.what, part.usdPerHour])).toEqual([
      ['1 x hpc7g.16xlarge spot in us-east-1a', 1],
      ['1 x hpc7g.16xlarge spot in us-east-1b', 2],
      ['1 x hpc7g.16xlarge capacity block', 0],
    ])
    expect(usdPerHour.total).toBe(3)
  })

  it('has spent what its nodes cost since their launch', () => {
    const nodes = [node('i-1', { launchedAt: NOW - 2 * HOUR }), node('i-2', { launchedAt: NOW - HOUR / 2 })]
    expect(spentSoFar({ ...nothing, nodes }, priceOf, NOW)).toEqual({ total: 3.75, known: 3.75 })
    expect(spentSoFar({ ...nothing, nodes, storage: [disk] }, priceOf, NOW)).toEqual({ total: null, known: 3.75 })
    // A clock of this machine that is behind AWS's makes nothing negative.
    expect(spentSoFar({ ...nothing, nodes: [node('i-1')] }, priceOf, NOW - HOUR).total).toBe(0)
  })
})
