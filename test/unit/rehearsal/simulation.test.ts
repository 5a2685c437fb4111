import { describe, expect, it } from 'vitest'
import { LOADS, makeLoad, type LoadName } from '../../rehearsal/simulation/load.ts'
import { POLICIES } from '../../rehearsal/simulation/policies.ts'
import { simulate } from '../../rehearsal/simulation/simulate.ts'
import { WEEK } from '../../rehearsal/simulation/week.ts'

const small = (name: keyof typeof POLICIES) => ({
  ...WEEK,
  policy: POLICIES[name]!,
  max: 256,
  range: () => ({ min: 0, max: 256 }),
})

const weekOf = (load: LoadName, seed: number) => simulate(makeLoad(load, 300, 7, seed), small('queue'))

describe.each(LOADS)('a week of %s', (load) => {
  // What breaks a rule throws: a task that runs twice or never, a busy node that ends, more nodes than the most.
  it.each(Object.keys(POLICIES))(
    'under %s runs every task once, never beyond the most, and leaves no node',
    (policy) => {
      const figures = simulate(makeLoad(load, 400, 7, 3), small(policy))
      expect(figures.left).toBe(0)
      expect(figures.peak).toBeLessThanOrEqual(256)
      expect(figures.paidNodeHours).toBeGreaterThanOrEqual(figures.usedNodeHours)
    },
  )

  it('is the same for the same seed, and another for another', () => {
    expect(weekOf(load, 5)).toEqual(weekOf(load, 5))
    expect(weekOf(load, 6)).not.toEqual(weekOf(load, 5))
  })
})
