import * as fc from 'fast-check'
import type { CohortView, Holding, ScheduleInput, Waiting } from '../../../../src/core/scheduling/input.ts'

export const NOW = 1_800_000_000_000
const HOUR = 3_600_000

const cohort = (at: number) =>
  fc
    .record({ size: fc.integer({ min: 1, max: 6 }), readyIn: fc.constantFrom(0, 0, 0, HOUR / 60) })
    .map(({ size, readyIn }): CohortView => ({
      fleet: 'hpc',
      name: `c${at}x${size}`,
      nodes: Array.from({ length: size }, (_, node) => ({ id: `i-${at}-${node}`, cores: 4 })),
      readyAt: NOW + readyIn,
    }))

const waiting = (at: number) =>
  fc
    .record({
      priority: fc.integer({ min: -2, max: 2 }),
      submittedAt: fc.integer({ min: 0, max: 5 }),
      nodes: fc.integer({ min: 1, max: 7 }),
      cores: fc.constantFrom(null, null, 1, 2, 4),
      limitMs: fc.constantFrom(null, HOUR / 4, HOUR / 2, HOUR, 2 * HOUR),
    })
    .map((drawn): Waiting => ({
      ...drawn,
      task: `t${String(at).padStart(3, '0')}`,
      fleet: 'hpc',
      index: 0,
      nodes: drawn.cores === null ? drawn.nodes : 1,
    }))

/** Cohorts of which some nodes are held, one holder a node or several that share it, and tasks that wait. */
export const worlds: fc.Arbitrary<ScheduleInput> = fc
  .record({
    cohorts: fc
      .integer({ min: 0, max: 3 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => cohort(at)))),
    tasks: fc
      .integer({ min: 0, max: 12 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => waiting(at)))),
    held: fc.array(fc.constantFrom(0, 0, 1, 2), { minLength: 18, maxLength: 18 }),
    more: fc.option(fc.integer({ min: -1, max: 4 })),
    coming: fc.constantFrom(0, 0, 6),
    ends: fc.array(fc.constantFrom(24 * HOUR, -1, HOUR / 4, HOUR, 3 * HOUR), { minLength: 36, maxLength: 36 }),
  })
  .map(({ cohorts, tasks, held, ends, more, coming }) => ({
    now: NOW,
    room: new Map(more === null ? [] : [['hpc', { more, coming }]]),
    cohorts,
    waiting: tasks,
    holdings: cohorts
      .filter((one) => one.readyAt <= NOW)
      .flatMap((one) => one.nodes)
      .flatMap((node, at): Holding[] =>
        Array.from({ length: held[at] ?? 0 }, (_, nth) => {
          const end = ends[2 * at + nth] ?? null
          return {
            task: `h-${node.id}-${nth}`,
            nodeIds: [node.id],
            cores: held[at] === 2 ? 1 : null,
            endsBy: NOW + (end ?? HOUR),
          }
        }),
      ),
  }))
