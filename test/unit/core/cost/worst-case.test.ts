import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costOf } from '../../../../src/core/cost/cost.ts'
import { secondsLeft } from '../../../../src/core/cost/seconds-left.ts'
import { worstCase } from '../../../../src/core/cost/worst-case.ts'
import { NO_LIMITS } from '../../../../src/core/fleet/limits.ts'

const amount = fc.option(fc.integer({ min: 0, max: 1000 }), { nil: null })
const costWith = (amounts: readonly (number | null)[]) =>
  costOf(amounts.map((usdPerHour, at) => ({ what: `part ${at}`, usdPerHour, asOf: null })))
const sum = (total: number | null) => ({ total, known: total })

describe('the worst case', () => {
  it('grows with the maximum life, and is unknown as a whole where a part is', () => {
    fc.assert(
      fc.property(fc.array(amount), fc.integer({ min: 1, max: 100 }), (amounts, hours) => {
        const cost = costWith(amounts)
        const worst = worstCase(cost, { maxLifeS: hours * 3600, limits: NO_LIMITS })
        expect(worst).toMatchObject({ hours, by: 'maxLife' })
        expect(worst.usd.total === null).toBe(amounts.includes(null))
        expect(worst.usd.known ?? 0).toBeCloseTo((cost.usdPerHour.known ?? 0) * hours)
      }),
    )
  })

  it('is a day where nothing ends the nodes, and never above the total limit', () => {
    expect(worstCase(costWith([2]), { maxLifeS: null, limits: NO_LIMITS })).toEqual({
      hours: 24,
      usd: sum(48),
      by: 'day',
    })
    const limits = { ...NO_LIMITS, total: 10 }
    expect(worstCase(costWith([2]), { maxLifeS: null, limits })).toEqual({ hours: 5, usd: sum(10), by: 'limits.total' })
    expect(worstCase(costWith([2]), { maxLifeS: 3600, limits })).toMatchObject({ hours: 1, by: 'maxLife' })
    expect(worstCase(costWith([2, null]), { maxLifeS: null, limits })).toMatchObject({ by: 'day' })
  })
})

describe('what is left of a spending limit', () => {
  it('lasts as long as all that is up may cost together, and is nothing once it is spent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e4 }),
        fc.integer({ min: 1, max: 500 }),
        fc.nat(1e4),
        (total, rate, spent) => {
          const left = secondsLeft(total, { usdPerHour: sum(rate), spentUsd: sum(spent) })!
          expect(left).toBeGreaterThanOrEqual(0)
          expect(spent + (left / 3600) * rate).toBeCloseTo(Math.max(total, spent))
        },
      ),
    )
  })

  it('is not known where a price is not, and has no end where nothing is paid', () => {
    expect(secondsLeft(10, { usdPerHour: { total: null, known: 3 }, spentUsd: sum(1) })).toBeNull()
    expect(secondsLeft(10, { usdPerHour: sum(3), spentUsd: { total: null, known: 1 } })).toBeNull()
    expect(secondsLeft(10, { usdPerHour: sum(0), spentUsd: sum(0) })).toBeNull()
  })
})
