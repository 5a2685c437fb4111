import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { handAhead } from '../../../../src/core/scheduling/hand-ahead.ts'
import type { ScheduleInput } from '../../../../src/core/scheduling/input.ts'
import { inQueueOrder } from '../../../../src/core/scheduling/order.ts'
import { schedule } from '../../../../src/core/scheduling/schedule.ts'
import { NOW, worlds } from './world.ts'

const AHEAD_MS = 3000
const SHARED = { fleet: 'hpc', priority: 0, submittedAt: 0, nodes: 1, cores: 1, limitMs: null }

/** What is handed out of a queue where tasks take as long as their names say. */
function handed(input: ScheduleInput, paceOf: (task: string) => number | null) {
  const before = schedule(input)
  return { before, after: handAhead(before, { ...input, paceOf, aheadMs: AHEAD_MS }) }
}

describe('handing tasks ahead', () => {
  const nodes = ['i-0', 'i-1'].map((id) => ({ id, cores: 2 }))
  const world = (count: number, first: readonly object[] = []): ScheduleInput => ({
    now: NOW,
    waiting: [
      ...first.map((more, at) => ({ ...SHARED, task: `f${at}`, index: 0, ...more })),
      ...Array.from({ length: count }, (_, index) => ({ ...SHARED, task: `t${index}`, index })),
    ],
    cohorts: [{ fleet: 'hpc', name: 'c0x2', nodes, readyAt: NOW }],
    holdings: [],
  })

  it('gives every node work for the time ahead, in turns', () => {
    const { after } = handed(world(100), () => 500)
    expect(after.placements).toHaveLength((2 * 2 * AHEAD_MS) / 500)
    for (const { id } of nodes) {
      expect(after.placements.filter(({ nodeIds }) => nodeIds[0] === id)).toHaveLength((2 * AHEAD_MS) / 500)
    }
  })

  it('gives nothing ahead of tasks that take long, or of which nobody knows how long', () => {
    for (const pace of [AHEAD_MS, null]) {
      expect(handed(world(100), () => pace).after.placements).toHaveLength(4)
    }
  })

  it('gives nothing where the fleet is to become smaller', () => {
    const { before, after } = handed({ ...world(100), room: new Map([['hpc', { more: -1, coming: 0 }]]) }, () => 500)
    expect(after).toEqual(before)
    expect(new Set(after.placements.flatMap(({ nodeIds }) => nodeIds)).size).toBe(1)
  })

  it('passes no task that came first and waits for nodes', () => {
    const { after } = handed(world(100, [{ priority: 5, nodes: 2, cores: null }]), () => 500)
    expect(after.placements.map(({ task }) => task)).toEqual(['f0'])
    const wide = handed(world(100, [{ priority: 5, nodes: 9, cores: null }]), () => 500)
    expect(wide.after.placements.length).toBeGreaterThan(4)
    const room = new Map([['hpc', { more: 8, coming: 0 }]])
    const full = handed({ ...world(100, [{ priority: 5, nodes: 9, cores: null }]), room }, () => 500)
    expect(full.after.placements).toEqual(full.before.placements)
  })
})

describe('whatever waits and whatever runs', () => {
  const paces = fc.func(fc.constantFrom(null, 0, 100, 1000, 10_000))

  it('what is handed ahead is next in the queue, of known length, on nodes that are shared, and bounded', () => {
    fc.assert(
      fc.property(worlds, paces, (input, paceOf) => {
        const { before, after } = handed(input, paceOf)
        expect(after.placements.slice(0, before.placements.length)).toEqual(before.placements)
        const cores = new Map([...input.holdings, ...input.waiting].map((one) => [one.task, one.cores]))
        const held = [...input.holdings, ...after.placements]
        for (const { task, nodeIds } of after.placements.slice(before.placements.length)) {
          const onNode = held.filter((one) => one.nodeIds.includes(nodeIds[0]!))
          const work = onNode.map((one) => (cores.get(one.task) ?? NaN) * (paceOf(one.task) ?? NaN))
          expect(work.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(4 * AHEAD_MS)
          expect(after.notPlaced.has(task)).toBe(false)
          const wanted = input.waiting.find((one) => one.task === task)!
          for (const other of input.waiting) {
            const why = after.notPlaced.get(other.task)
            if (inQueueOrder(other, wanted) < 0 && why) expect(why.kind).toBe('no-cohort')
          }
        }
        expect(new Set(after.placements.map((one) => one.task)).size).toBe(after.placements.length)
        expect(after.placements.length + after.notPlaced.size).toBe(input.waiting.length)
      }),
      { numRuns: 500 },
    )
  })
})
