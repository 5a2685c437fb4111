import { describe, expect, it } from 'vitest'
import { HOUR, START, type SimulatedTask } from '../../rehearsal/simulation/load.ts'
import { POLICIES } from '../../rehearsal/simulation/policies.ts'
import { simulate } from '../../rehearsal/simulation/simulate.ts'

const MINUTE = 60_000
const LOWERED = START + 2 * HOUR
const WORLD = {
  range: (now: number) => ({ min: 0, max: now < LOWERED ? 8 : 2 }),
  max: 8,
  bootMs: 3 * MINUTE,
  idleMs: 10 * MINUTE,
  coresPerNode: 4,
  alarms: [LOWERED],
}

/** More than eight nodes can do, for six hours. */
const tasks = Array.from({ length: 360 }, (_, index): SimulatedTask => ({
  task: `t${index}`,
  submittedAt: START + index * MINUTE,
  index,
  priority: 0,
  nodes: 1,
  cores: null,
  limitMs: 20 * MINUTE,
  runMs: 10 * MINUTE,
}))

const unscheduled = Object.entries(POLICIES).filter(([, { schedules }]) => schedules.length === 0)

describe.each(unscheduled)('under %s', (_, { policy }) => {
  it('nodes end as their tasks do when a schedule lowers the most, though others wait', () => {
    const { sizes } = simulate(tasks, { ...WORLD, policy })
    const sizeAt = (time: number) => sizes.findLast(([at]) => at <= time)?.[1]
    expect(sizeAt(LOWERED - MINUTE)).toBe(8)
    expect(sizeAt(LOWERED + 11 * MINUTE)).toBeLessThanOrEqual(2)
  })
})
