import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SimulatedTask } from '../../rehearsal/simulation/load.ts'
import { POLICIES } from '../../rehearsal/simulation/policies.ts'
import { simulate } from '../../rehearsal/simulation/simulate.ts'
import { HOUR, START } from '../../rehearsal/simulation/load.ts'

const MINUTE = 60_000
const MOST = 8
const WORLD = {
  range: () => ({ min: 0, max: MOST }),
  max: MOST,
  bootMs: 3 * MINUTE,
  idleMs: 10 * MINUTE,
  coresPerNode: 4,
}

/** No task runs longer, whatever its limit says. */
const LONGEST_RUN = HOUR

interface Small {
  readonly nodes: number
  readonly cores: number | null
  readonly limitMs: number | null
  readonly run: number
}

const small: fc.Arbitrary<Small> = fc
  .record({
    nodes: fc.integer({ min: 1, max: 3 }),
    cores: fc.constantFrom(null, null, 1, 2),
    limitMs: fc.constantFrom(null, 10 * MINUTE, HOUR, 3 * HOUR),
    run: fc.integer({ min: 1, max: 100 }),
  })
  .map((one) => ({ ...one, nodes: one.cores === null ? one.nodes : 1 }))

function task(name: string, at: number, index: number, { nodes, cores, limitMs, run }: Small): SimulatedTask {
  const runMs = (Math.min(limitMs ?? Infinity, LONGEST_RUN) * run) / 100
  return { task: name, submittedAt: START + at, index, priority: 0, nodes, cores, limitMs, runMs }
}

/** Small tasks fill the fleet, then comes one that needs many nodes, and after it small ones for two days. */
function load(nodes: number, first: readonly Small[], later: readonly Small[], everyMs: number): SimulatedTask[] {
  const before = first.map((one, nth) => task(`a${nth}`, nth * 4 * MINUTE, nth, one))
  const at = before.length * 4 * MINUTE
  const gang = task('gang', at, 0, { nodes, cores: null, limitMs: HOUR, run: 50 })
  const count = Math.floor((48 * HOUR) / everyMs)
  const after = Array.from({ length: count }, (_, nth) =>
    task(`b${nth}`, at + (nth + 1) * everyMs, nth, later[nth % later.length]!),
  )
  return [...before, gang, ...after]
}

const unscheduled = Object.entries(POLICIES).filter(([, { schedules }]) => schedules.length === 0)

describe.each(unscheduled)('under %s', (_, { policy }) => {
  it('a task that needs many nodes begins after a few task lengths, whatever comes after it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: MOST }),
        fc.array(small, { minLength: 4, maxLength: MOST }),
        fc.array(small, { minLength: 3, maxLength: 20 }),
        fc.constantFrom(2 * MINUTE, 5 * MINUTE),
        (nodes, first, later, everyMs) => {
          const tasks = load(nodes, first, later, everyMs)
          const gang = tasks.find((one) => one.task === 'gang')!
          const { started } = simulate(tasks, { ...WORLD, policy })
          const waited = started.get('gang')! - gang.submittedAt
          // Those that were there before it begin and end, then those that were let by, then its cohort boots.
          expect(waited / HOUR).toBeLessThanOrEqual((first.length * LONGEST_RUN + LONGEST_RUN) / HOUR + 1)
        },
      ),
      { numRuns: 8, endOnFailure: true },
    )
  })
})
