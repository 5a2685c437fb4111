import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CohortView, Schedule, ScheduleInput, Waiting } from '../../../../src/core/scheduling/input.ts'
import { inQueueOrder } from '../../../../src/core/scheduling/order.ts'
import { schedule } from '../../../../src/core/scheduling/schedule.ts'
import { viewTask } from '../../../../src/core/queue/fold.ts'
import { holdingsOf } from '../../../../src/core/queue/fleet-now.ts'
import { BORN, queuedJob } from '../../../contract/job-store/jobs.ts'
import { NOW, worlds } from './world.ts'

const HOUR = 3_600_000

function cohortOf(size: number, name = `c0x${size}`): CohortView {
  const nodes = Array.from({ length: size }, (_, at) => ({ id: `${name}-${at}`, cores: 4 }))
  return { fleet: 'hpc', name, nodes, readyAt: NOW }
}

function task(name: string, nodes: number, more: Partial<Waiting> = {}): Waiting {
  return { task: name, fleet: 'hpc', priority: 0, submittedAt: 0, index: 0, nodes, cores: null, limitMs: HOUR, ...more }
}

function started({ placements }: Schedule): string[] {
  return placements.map((one) => one.task)
}

/** When each task starts, now or as promised. */
function starts({ placements, notPlaced }: Schedule): Map<string, number> {
  const promised = [...notPlaced].flatMap(([name, why]) =>
    why.kind === 'nodes-busy' ? [[name, why.from] as const] : [],
  )
  return new Map([...placements.map((one) => [one.task, NOW] as const), ...promised])
}

describe('the schedule', () => {
  it('starts in the order of priority, then of submission', () => {
    const waiting = [
      task('late', 2, { submittedAt: 2 }),
      task('early', 2, { submittedAt: 1 }),
      task('high', 2, { priority: 1, submittedAt: 9 }),
    ]
    expect(started(schedule({ now: NOW, waiting, cohorts: [cohortOf(4)], holdings: [] }))).toEqual(['high', 'early'])
  })

  it('never lets a task span cohorts, and says what it needs', () => {
    const cohorts = [cohortOf(2, 'c0x2'), cohortOf(2, 'c1x2')]
    const { placements, notPlaced } = schedule({ now: NOW, waiting: [task('wide', 3)], cohorts, holdings: [] })
    expect(placements).toEqual([])
    expect(notPlaced.get('wide')).toEqual({ kind: 'no-cohort', nodes: 3, largest: 2 })
  })

  it('lets a short task by where it delays nobody, and a long one not', () => {
    const holdings = [{ task: 'runs', nodeIds: ['c0x4-0', 'c0x4-1'], cores: null, endsBy: NOW + HOUR }]
    const waiting = [
      task('wide', 4, { submittedAt: 1 }),
      task('long', 1, { submittedAt: 2, limitMs: 2 * HOUR }),
      task('short', 1, { submittedAt: 3, limitMs: HOUR / 2 }),
    ]
    const result = schedule({ now: NOW, waiting, cohorts: [cohortOf(4)], holdings })
    expect(started(result)).toEqual(['short'])
    expect(result.notPlaced.get('wide')).toEqual({ kind: 'nodes-busy', nodes: 4, from: NOW + HOUR })
  })

  it('packs tasks that share onto few nodes, and opens no node beyond', () => {
    const waiting = Array.from({ length: 6 }, (_, at) => task(`s${at}`, 1, { cores: 1, index: at }))
    const { placements } = schedule({ now: NOW, waiting, cohorts: [cohortOf(4)], holdings: [] })
    expect(placements).toHaveLength(6)
    expect(new Set(placements.flatMap((one) => one.nodeIds))).toEqual(new Set(['c0x4-0', 'c0x4-1']))
  })

  it('waits for a cohort that boots rather than for one that is busy for longer', () => {
    const holdings = [{ task: 'runs', nodeIds: ['c0x1-0'], cores: null, endsBy: NOW + 2 * HOUR }]
    const cohorts = [cohortOf(1, 'c0x1'), { ...cohortOf(1, 'c1x1'), readyAt: NOW + 60_000 }]
    const { notPlaced, placements } = schedule({ now: NOW, waiting: [task('t', 1)], cohorts, holdings })
    expect(placements).toEqual([])
    expect(notPlaced.get('t')).toEqual({ kind: 'behind-others' })
  })
})

describe('a task that no cohort could hold, on a fleet that may not grow', () => {
  const holdings = [{ task: 'runs', nodeIds: ['c0x2-0'], cores: null, endsBy: NOW + HOUR }]
  const cohorts = [cohortOf(2, 'c0x2'), cohortOf(2, 'c1x2')]
  const gang = task('gang', 4, { submittedAt: 1 })
  const later = [
    task('long', 1, { submittedAt: 2, limitMs: 2 * HOUR }),
    task('short', 1, { submittedAt: 3, limitMs: HOUR / 2 }),
  ]
  const run = (more: number, coming = 0, waiting = [gang, ...later]) =>
    started(schedule({ now: NOW, waiting, cohorts, holdings, room: new Map([['hpc', { more, coming }]]) }))

  it('gets the nodes that are free first: only what ends before then goes by', () => {
    expect(run(0)).toEqual(['short'])
    // Room for three more: one node of the four is enough, and three are idle.
    expect(run(3)).toEqual(['long', 'short'])
    // Room for one more: three of the four are needed, and idle; they end now.
    expect(run(1)).toEqual([])
  })

  it('keeps nobody out where its cohort comes, may come, or can never be', () => {
    expect(run(4)).toEqual(['long', 'short'])
    expect(run(0, 4)).toEqual(['long', 'short'])
    expect(run(0, 0, [task('gang', 5, { submittedAt: 1 }), ...later])).toEqual(['long', 'short'])
  })

  it('is no reason to use nodes that are too many: those go first, as they become free', () => {
    // One node is busy for an hour; three are idle, and two of them go.
    expect(run(-2, 0, later)).toEqual(['long'])
    expect(run(-3, 0, later)).toEqual([])
    // Four are too many: the busy one goes when it is free.
    expect(run(-4, 0, later)).toEqual([])
  })

  it('delays nobody who came before it', () => {
    expect(run(0, 0, [{ ...gang, submittedAt: 9 }, ...later])).toEqual(['long', 'short'])
  })
})

/** The same a moment later, by what the histories of the tasks say. */
function begun(input: ScheduleInput, { placements }: Schedule): ScheduleInput {
  const holdings = placements.flatMap(({ task: name, nodeIds }) => {
    const { cores, limitMs } = input.waiting.find((one) => one.task === name)!
    const timeLimitS = limitMs === null ? null : limitMs / 1000
    const nodes = nodeIds.map((id) => ({ id, name: id, ip: id }))
    const placed = { type: 'placed', at: input.now, attempt: 1, run: name, cohort: 'c', nodes } as const
    const job = queuedJob({ id: name, share: cores !== null })
    const spec = { ...job.spec, timeLimitS, tasksPerNode: cores ?? 1 }
    const view = viewTask([BORN, placed])
    return holdingsOf([{ key: { job: name, index: null }, view, job: { ...job, spec } }])
  })
  const isLeft = ({ task: name }: Waiting) => !placements.some((one) => one.task === name)
  return { ...input, waiting: input.waiting.filter(isLeft), holdings: [...input.holdings, ...holdings] }
}

describe('whatever waits and whatever runs', () => {
  it('every task gets its nodes whole, in one ready cohort, and no node or core twice', () => {
    fc.assert(
      fc.property(worlds, (input) => {
        const { placements } = schedule(input)
        const cores = coresHeld(input)
        for (const placement of placements) {
          const wanted = input.waiting.find((one) => one.task === placement.task)!
          const cohort = input.cohorts.find((one) => one.name === placement.cohort)!
          expect(cohort.readyAt).toBeLessThanOrEqual(NOW)
          expect(new Set(placement.nodeIds).size).toBe(wanted.nodes)
          for (const id of placement.nodeIds) {
            expect(cohort.nodes.map((node) => node.id)).toContain(id)
            cores.set(id, (cores.get(id) ?? 0) + (wanted.cores ?? 4))
            expect(cores.get(id)).toBeLessThanOrEqual(4)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it('those that come later delay none that came first: backfill is conservative', () => {
    fc.assert(
      fc.property(worlds, fc.nat(12), (input, count) => {
        const ordered = input.waiting.toSorted(inQueueOrder)
        const first = starts(schedule({ ...input, waiting: ordered.slice(0, count) }))
        const all = starts(schedule(input))
        for (const one of ordered.slice(0, count)) expect(all.get(one.task)).toBe(first.get(one.task))
      }),
      { numRuns: 500 },
    )
  })

  it('what is begun is counted for no longer than it was when it was placed: the first that waits is promised no less at the next look', () => {
    fc.assert(
      fc.property(worlds, (input) => {
        const now = schedule(input)
        const next = starts(schedule(begun(input, now)))
        const first = input.waiting.toSorted(inQueueOrder).find(({ task: name }) => now.notPlaced.has(name))
        const from = starts(now).get(first?.task ?? '')
        fc.pre(from !== undefined)
        // Where nothing at all is free nobody is promised anything, and nobody goes by.
        expect(next.get(first!.task) ?? from).toBeLessThanOrEqual(from)
      }),
      { numRuns: 1000 },
    )
  })

  it('the order in which they are given changes nothing', () => {
    fc.assert(
      fc.property(worlds, (input) => {
        const turned: ScheduleInput = {
          ...input,
          waiting: input.waiting.toReversed(),
          cohorts: input.cohorts.toReversed(),
          holdings: input.holdings.toReversed(),
        }
        expect(schedule(turned).placements).toEqual(schedule(input).placements)
      }),
    )
  })

  it('the first in the queue starts wherever it fits', () => {
    fc.assert(
      fc.property(worlds, (input) => {
        // A fleet that has too many nodes gives some of them up first.
        fc.pre((input.room?.get('hpc')?.more ?? 0) >= 0)
        const head = input.waiting.toSorted(inQueueOrder)[0]
        const held = coresHeld(input)
        const free = (cohort: CohortView) => cohort.nodes.filter((node) => !held.has(node.id)).length
        const fits = input.cohorts.some((cohort) => cohort.readyAt <= NOW && head && free(cohort) >= head.nodes)
        if (head && fits) expect(started(schedule(input))).toContain(head.task)
      }),
      { numRuns: 500 },
    )
  })
})

/** Cores in use now, by node; a node that is held alone has none left. */
function coresHeld({ holdings }: ScheduleInput): Map<string, number> {
  const cores = new Map<string, number>()
  for (const { nodeIds, cores: own } of holdings) {
    for (const id of nodeIds) cores.set(id, (cores.get(id) ?? 0) + (own ?? 4))
  }
  return cores
}
