import { describe, expect, it } from 'vitest'
import { mustAsk, overLimit } from '../../../../src/core/cost/check-limits.ts'
import { confirmAboveOf, NO_LIMITS } from '../../../../src/core/fleet/limits.ts'

const known = (usd: number) => ({ total: usd, known: usd })
const partly = (usd: number) => ({ total: null, known: usd })
const unknown = { total: null, known: null }
const spending = { fleet: 'hpc', usdPerHour: known(10), spentUsd: known(100), jobUsdPerHour: known(10) }

describe('limits', () => {
  it('let through what does not pass them, and everything where there are none', () => {
    expect(overLimit(NO_LIMITS, { ...spending, jobHours: null })).toBeNull()
    const limits = { perHour: 10, perJob: 20, total: 100.01, confirmAbove: null }
    expect(overLimit(limits, { ...spending, jobHours: 2 })).toBeNull()
  })

  it.each([
    ['perHour', 9.99, 'fleet hpc would cost an hour $10.00; limits.perHour of fleet hpc is $9.99'],
    ['total', 99, 'fleet hpc has cost so far $100.00; limits.total of fleet hpc is $99.00'],
    ['perJob', 19, 'within its time limit the job could cost $20.00; limits.perJob of fleet hpc is $19.00'],
  ] as const)('%s refuses what is above it', (key, limit, message) => {
    expect(overLimit({ ...NO_LIMITS, [key]: limit }, { ...spending, jobHours: 2 })).toMatchObject({ message })
  })

  it('of all that may be spent is passed when it is reached, and nothing but more money helps then', () => {
    expect(overLimit({ ...NO_LIMITS, total: 100 }, spending)?.suggestions).toEqual([
      'raise total in fleets.hpc.limits of muster.yaml',
    ])
  })

  it('of a project are of all its fleets, and name the key at the top', () => {
    expect(overLimit({ ...NO_LIMITS, perHour: 5, total: 5 }, { ...spending, fleet: null })).toMatchObject({
      message:
        "all of the project's fleets would cost an hour $10.00; limits.perHour of all of the project's fleets is $5.00",
      suggestions: expect.arrayContaining(['raise perHour in limits of muster.yaml']),
    })
  })

  it('count a price that nobody knows as above, and say so', () => {
    for (const usdPerHour of [unknown, partly(1)]) {
      const over = overLimit({ ...NO_LIMITS, perHour: 50 }, { ...spending, usdPerHour })
      expect(over?.message).toContain('unknown (no price of a part of it), which counts as above a limit')
    }
    expect(overLimit({ ...NO_LIMITS, perHour: 5 }, { ...spending, usdPerHour: partly(6) })?.message).toContain(
      'at least $6.00',
    )
  })

  it('want a time limit of a job where there is one for jobs', () => {
    const over = overLimit({ ...NO_LIMITS, perJob: 1000 }, { ...spending, jobHours: null })
    expect(over?.suggestions.join()).toContain('--time-limit')
    expect(overLimit({ ...NO_LIMITS, perJob: 1 }, spending)).toBeNull()
  })
})

it.each([
  [known(51), true],
  [known(50), false],
  [partly(51), true],
  [partly(1), false],
  [unknown, false],
])('at the built-in threshold %j is asked about: %s', (sum, asked) => {
  expect(mustAsk(NO_LIMITS, confirmAboveOf(NO_LIMITS, 'aws'), sum)).toBe(asked)
  expect(mustAsk(NO_LIMITS, confirmAboveOf(NO_LIMITS, 'sandbox'), sum)).toBe(false)
})

it('what is unknown is asked about where somebody has set the threshold, in the sandbox too', () => {
  const limits = { ...NO_LIMITS, confirmAbove: 5 }
  expect(mustAsk(limits, confirmAboveOf(limits, 'sandbox'), partly(1))).toBe(true)
  expect(mustAsk(limits, confirmAboveOf(limits, 'sandbox'), known(5))).toBe(false)
})
