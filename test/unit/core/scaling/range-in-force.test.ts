import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ScheduledRange } from '../../../../src/core/scaling/policy.ts'
import { rangeInForce } from '../../../../src/core/scaling/range-in-force.ts'

const NODES = { min: 1, max: 16 }
const schedule = (min: number | null, max: number | null): ScheduledRange => ({ cron: '', timeZone: 'UTC', min, max })

it('is that of the schedule that fired last; of two at one time that of the later', () => {
  const schedules = [schedule(4, null), schedule(0, 8), schedule(2, 2)]
  expect(rangeInForce(NODES, schedules, [null, null, null])).toEqual(NODES)
  expect(rangeInForce(NODES, schedules, [30, 20, 10])).toEqual({ min: 4, max: 16 })
  expect(rangeInForce(NODES, schedules, [10, 20, null])).toEqual({ min: 0, max: 8 })
  expect(rangeInForce(NODES, schedules, [20, 10, 20])).toEqual({ min: 2, max: 2 })
})

it('never allows more than the fleet, nor fewest above most', () => {
  const bound = fc.option(fc.nat(40))
  fc.assert(
    fc.property(
      fc.array(fc.tuple(bound, bound, fc.option(fc.nat(5)))),
      fc.nat(20),
      fc.nat(20),
      (drawn, least, more) => {
        const nodes = { min: least, max: least + more }
        const schedules = drawn.map(([min, max]) => schedule(min, max))
        const range = rangeInForce(
          nodes,
          schedules,
          drawn.map(([, , fired]) => fired),
        )
        expect(range.max).toBeLessThanOrEqual(nodes.max)
        expect(range.min).toBeLessThanOrEqual(range.max)
      },
    ),
  )
})
