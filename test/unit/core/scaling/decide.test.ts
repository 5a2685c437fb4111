import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideScaling } from '../../../../src/core/scaling/decide.ts'
import type { ScalableNode, ScalingInput, Unserved } from '../../../../src/core/scaling/input.ts'
import type { ScalingPolicy, ScalingStep } from '../../../../src/core/scaling/policy.ts'

const NOW = 1_800_000_000_000
const MINUTE = 60_000

function node(nth: number, more: Partial<ScalableNode> = {}): ScalableNode {
  return { id: `i-${nth}`, cohort: 'c0', isBusy: false, idleSince: NOW - 60 * MINUTE, isBooting: false, ...more }
}

const busy = (nth: number) => node(nth, { isBusy: true, idleSince: null })
const booting = (nth: number) => node(nth, { isBooting: true, idleSince: null })
const need = (nodes: number): Unserved => ({ nodes, cores: null, limitMs: 60 * MINUTE })

function input(more: Partial<ScalingInput>): ScalingInput {
  const base = {
    policy: { kind: 'queue' } as const,
    now: NOW,
    min: 0,
    max: 16,
    affordable: Infinity,
    idleMs: 10 * MINUTE,
  }
  const unserved = more.unserved ?? []
  return { ...base, nodes: [], coresPerNode: 64, waiting: unserved, unserved, lastChangeAt: null, ...more }
}

describe('by the queue', () => {
  it('launches one cohort for all that waits, large enough for the largest', () => {
    expect(decideScaling(input({ unserved: [need(4), need(1), need(2)] })).launch).toEqual([7])
  })

  it('packs tasks that share nodes by their cores', () => {
    const unserved = Array.from({ length: 200 }, () => ({ nodes: 1, cores: 1, limitMs: null }))
    expect(decideScaling(input({ unserved })).launch).toEqual([4])
  })

  it('keeps to the most, and to what can be paid', () => {
    const unserved = Array.from({ length: 40 }, () => need(1))
    expect(decideScaling(input({ unserved })).launch).toEqual([16])
    expect(decideScaling(input({ unserved, affordable: 3 })).launch).toEqual([3])
    expect(decideScaling(input({ unserved: [need(8)], affordable: 3 }))).toMatchObject({
      launch: [],
      why: { kind: 'limit' },
    })
  })

  it('launches what waits and what the fleet lacks as one', () => {
    expect(decideScaling(input({ unserved: [need(1)], min: 4 })).launch).toEqual([4])
    expect(decideScaling(input({ unserved: [need(6)], min: 4 })).launch).toEqual([6])
  })

  it('launches nothing more for what a booting cohort will serve', () => {
    const decision = decideScaling(input({ nodes: [booting(0), booting(1)], waiting: [need(2)], unserved: [] }))
    expect(decision).toMatchObject({ launch: [], end: [] })
  })

  it('ends nodes that have been idle for long enough, down to the least, and no others', () => {
    const fresh = node(2, { idleSince: NOW - MINUTE })
    const nodes = [busy(0), node(1), fresh, node(3)]
    expect(decideScaling(input({ nodes })).end).toEqual(['i-3', 'i-1'])
    expect(decideScaling(input({ nodes, min: 3 })).end).toEqual(['i-3'])
    expect(decideScaling(input({ nodes, min: 4 })).end).toEqual([])
  })

  it('never decides to end the first node of a cohort while another stays, since nobody would do that', () => {
    expect(decideScaling(input({ nodes: [node(0), busy(1)] })).end).toEqual([])
    const crowded = { max: 4, unserved: [need(4)] }
    expect(decideScaling(input({ ...crowded, nodes: [node(0), busy(1)] })).end).toEqual([])
    expect(decideScaling(input({ ...crowded, nodes: [node(0), node(1)] })).end).toEqual(['i-1', 'i-0'])
  })

  it('ends whole cohorts before parts of others', () => {
    const nodes = [node(0), busy(1), node(2, { cohort: 'c1' }), node(3, { cohort: 'c1' })]
    expect(decideScaling(input({ nodes, min: 2 })).end).toEqual(['i-3', 'i-2'])
  })

  it('makes room where idle nodes of small cohorts keep a large task out', () => {
    const nodes = Array.from({ length: 16 }, (_, nth) => node(nth, { cohort: `c${nth}`, idleSince: NOW }))
    const decision = decideScaling(input({ nodes, unserved: [need(8)] }))
    expect(decision.end).toHaveLength(8)
    expect(decision.why).toEqual({ kind: 'make-room', nodes: 8 })
  })
})

function step(...steps: ScalingStep[]): ScalingPolicy {
  return { kind: 'step', metric: 'waiting', threshold: 1, steps }
}

describe('by a metric', () => {
  const target: ScalingPolicy = { kind: 'target-tracking', metric: 'backlog', target: 2 }
  const simple: ScalingPolicy = {
    kind: 'simple',
    metric: 'waiting',
    threshold: 1,
    change: { kind: 'add', nodes: 2 },
    cooldownMs: 5 * MINUTE,
  }
  const waiting = Array.from({ length: 12 }, () => need(1))

  it('target tracking grows in proportion, not while nodes warm up, and shrinks well below the target only', () => {
    expect(decideScaling(input({ policy: target, nodes: [busy(0), busy(1)], unserved: waiting })).launch).toEqual([4])
    expect(decideScaling(input({ policy: target, nodes: [busy(0), booting(1)], unserved: waiting })).launch).toEqual([])
    const idle = [busy(0), node(1), node(2)]
    expect(
      decideScaling(input({ policy: target, nodes: idle, waiting: [need(1), need(1)], unserved: [] })).end,
    ).toEqual(['i-2', 'i-1'])
  })

  it('steps by how far the metric is beyond the threshold', () => {
    const steps = [
      { from: 0, to: 5, change: { kind: 'add', nodes: 1 } },
      { from: 5, to: null, change: { kind: 'percent', percent: 100 } },
    ] as const
    const policy: ScalingPolicy = { kind: 'step', metric: 'waiting', threshold: 2, steps }
    const nodes = [busy(0), busy(1)]
    expect(decideScaling(input({ policy, nodes, unserved: waiting.slice(0, 6) })).launch).toEqual([1])
    expect(decideScaling(input({ policy, nodes, unserved: [...waiting, ...waiting] })).launch).toEqual([2])
    expect(decideScaling(input({ policy, nodes, unserved: waiting.slice(0, 2) })).launch).toEqual([])
  })

  it('simple scaling changes once, then waits for its cooldown', () => {
    expect(decideScaling(input({ policy: simple, unserved: waiting })).launch).toEqual([2])
    const later = input({ policy: simple, unserved: waiting, lastChangeAt: NOW - MINUTE, nodes: [busy(0)] })
    expect(decideScaling(later)).toMatchObject({ launch: [], why: { kind: 'cooldown', until: NOW + 4 * MINUTE } })
  })

  it('what is idle ends though others work, where the policy only says when to grow', () => {
    const grows = { from: 0, to: null, change: { kind: 'add', nodes: 2 } } as const
    const shrinks = { from: null, to: 0, change: { kind: 'add', nodes: -1 } } as const
    const nodes = [busy(0), node(1), node(2)]
    expect(decideScaling(input({ policy: simple, nodes })).end).toEqual(['i-2', 'i-1'])
    expect(decideScaling(input({ policy: step(grows), nodes })).end).toEqual(['i-2', 'i-1'])
    // Its own step says by how much.
    expect(decideScaling(input({ policy: step(shrinks, grows), nodes })).end).toEqual(['i-2'])
  })

  it('a fleet that has nothing to do ends under every policy, whatever its steps say', () => {
    const policy = { ...simple, cooldownMs: 0 }
    expect(decideScaling(input({ policy, nodes: [node(0), node(1)] })).end).toEqual(['i-1', 'i-0'])
  })
})

const policies: fc.Arbitrary<ScalingPolicy> = fc.oneof(
  fc.constant({ kind: 'queue' } as const),
  fc.record({
    kind: fc.constant('target-tracking' as const),
    metric: fc.constantFrom('backlog' as const, 'waiting' as const, 'busy' as const),
    target: fc.constantFrom(0.5, 1, 4),
  }),
  fc.record({
    kind: fc.constant('step' as const),
    metric: fc.constant('waiting' as const),
    threshold: fc.constantFrom(0, 2),
    steps: fc.constant([
      { from: null, to: 0, change: { kind: 'percent', percent: -50 } },
      { from: 0, to: null, change: { kind: 'add', nodes: 5 } },
    ] as const),
  }),
  fc.record({
    kind: fc.constant('simple' as const),
    metric: fc.constant('waiting' as const),
    threshold: fc.constant(1),
    change: fc.constant({ kind: 'exact', nodes: 30 } as const),
    cooldownMs: fc.constantFrom(0, MINUTE),
  }),
)

const fleets = fc
  .array(
    fc.record({
      cohort: fc.constantFrom('c0', 'c1', 'c2'),
      kind: fc.constantFrom('busy', 'idle', 'fresh', 'boots'),
    }),
    { maxLength: 20 },
  )
  .map((drawn) =>
    drawn.map(({ cohort, kind }, nth): ScalableNode => ({
      id: `i-${nth}`,
      cohort,
      isBusy: kind === 'busy',
      isBooting: kind === 'boots',
      idleSince: kind === 'idle' ? NOW - 60 * MINUTE : kind === 'fresh' ? NOW : null,
    })),
  )

describe('what the simulation found', () => {
  const simple: ScalingPolicy = {
    kind: 'simple',
    metric: 'waiting',
    threshold: 1,
    change: { kind: 'add', nodes: 2 },
    cooldownMs: 5 * MINUTE,
  }
  const byBusy: ScalingPolicy = { kind: 'target-tracking', metric: 'busy', target: 0.8 }

  it('a task that is larger than the step of the policy gets its cohort, and one alone that no threshold sees', () => {
    expect(decideScaling(input({ policy: simple, unserved: [need(8), need(1), need(1)] })).launch).toEqual([8])
    expect(decideScaling(input({ policy: simple, unserved: [need(1)] })).launch).toEqual([1])
    expect(decideScaling(input({ policy: byBusy, nodes: [node(0)], unserved: [need(4)] })).launch).toEqual([4])
  })

  it('idle nodes of a cohort that a task waits for stay, though the fleet is full', () => {
    const nodes = Array.from({ length: 16 }, (_, nth) => (nth < 8 ? busy(nth) : node(nth)))
    expect(decideScaling(input({ nodes, unserved: [need(12)] }))).toMatchObject({ launch: [], end: [] })
    const half = Array.from({ length: 8 }, (_, nth) => (nth < 4 ? busy(nth) : node(nth)))
    const waits = input({ policy: byBusy, nodes: half, unserved: [need(8)] })
    expect(decideScaling(waits)).toMatchObject({ end: [] })
  })

  it('the room that is made for a large task goes to no small one behind it', () => {
    const nodes = Array.from({ length: 10 }, (_, nth) => busy(nth))
    expect(decideScaling(input({ nodes, unserved: [need(16), need(1)] }))).toMatchObject({ launch: [] })
    expect(decideScaling(input({ nodes, unserved: [need(1), need(16)] })).launch).toEqual([1])
  })

  it('idle nodes end though tasks wait for what cannot be: more than the most, or more than can be paid', () => {
    const nodes = [node(0), node(1)]
    expect(decideScaling(input({ nodes, unserved: [need(17)] })).end).toEqual(['i-1', 'i-0'])
    expect(decideScaling(input({ nodes, unserved: [need(4)], affordable: 0 })).end).toEqual(['i-1', 'i-0'])
  })
})

describe('under every policy', () => {
  it('never more than the most, never below the least, never a busy node, never beyond what can be paid', () => {
    fc.assert(
      fc.property(
        policies,
        fleets,
        fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 10 }),
        fc.nat(4),
        fc.integer({ min: 4, max: 18 }),
        fc.nat(20),
        (policy, nodes, sizes, min, max, affordable) => {
          const unserved = sizes.map(need)
          const { launch, end } = decideScaling(input({ policy, nodes, unserved, min, max, affordable }))
          const more = launch.reduce((sum, size) => sum + size, 0)
          expect(more === 0 || end.length === 0).toBe(true)
          if (more > 0) expect(nodes.length + more).toBeLessThanOrEqual(max)
          expect(more).toBeLessThanOrEqual(affordable)
          expect(new Set(end).size).toBe(end.length)
          for (const id of end)
            expect(nodes.find((one) => one.id === id)).toMatchObject({ isBusy: false, isBooting: false })
          if (end.length > 0 && unserved.length === 0)
            expect(nodes.length - end.length).toBeGreaterThanOrEqual(Math.min(min, max))
        },
      ),
      { numRuns: 1000 },
    )
  })
})
