import { describe, expect, it } from 'vitest'
import { LOADS, makeLoad, type LoadName } from '../../rehearsal/simulation/load.ts'
import { POLICIES } from '../../rehearsal/simulation/policies.ts'
import { simulate } from '../../rehearsal/simulation/simulate.ts'
import { WEEK, worldOf } from '../../rehearsal/simulation/week.ts'

async function weekOf(load: LoadName, policy: string, count: number, seed: number) {
  const tasks = makeLoad(load, count, 7, seed)
  return simulate(tasks, await worldOf(POLICIES[policy]!, tasks, { ...WEEK, max: 256 }))
}

describe.each(LOADS)('a week of %s', (load) => {
  // What breaks a rule throws: a task that runs twice or never, a busy node that ends, more nodes than the most.
  it.each(Object.keys(POLICIES))(
    'under %s runs every task once, never beyond the most, and leaves no node',
    async (policy) => {
      const figures = await weekOf(load, policy, 400, 3)
      expect(figures.left).toBe(0)
      expect(figures.peak).toBeLessThanOrEqual(256)
      expect(figures.paidNodeHours).toBeGreaterThanOrEqual(figures.usedNodeHours)
    },
  )

  it('is the same for the same seed, and another for another', async () => {
    const five = await weekOf(load, 'queue', 300, 5)
    expect(await weekOf(load, 'queue', 300, 5)).toEqual(five)
    expect(await weekOf(load, 'queue', 300, 6)).not.toEqual(five)
  })
})
