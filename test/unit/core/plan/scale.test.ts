import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ObservedFleet, ObservedNode } from '../../../../src/core/fleet/observed.ts'
import { cohortsOf, isWhole } from '../../../../src/core/plan/cohort.ts'
import type { CohortWish } from '../../../../src/core/plan/cohort-wish.ts'
import { DEADLINES } from '../../../../src/core/plan/deadlines.ts'
import { planCohorts } from '../../../../src/core/plan/plan-cohorts.ts'
import { planRaise } from '../../../../src/core/plan/plan-raise.ts'
import { horizontalWishes, nodeCount, parseScale, totalOf, verticalWishes } from '../../../../src/core/plan/scale.ts'
import { apply, converge, facts, known, node, nothing, NOW, settle, spec } from './model-world.ts'

const OTHER = 'hpc7a.96xlarge'

/** A fleet that is up, with cohorts of the given sizes. */
function up(...sizes: readonly number[]): ObservedFleet {
  const nodes = sizes.flatMap((size, index) =>
    Array.from({ length: size }, (_, at) =>
      node(`i-${index}-${String(at).padStart(4, '0')}`, {
        cohort: `c${index}x${size}`,
        stages: new Set(['installed', 'mounted', 'trusted', 'verified']),
      }),
    ),
  )
  const { world } = converge({ ...nothing, nodes }, (observed) => planRaise({ ...base(observed), wanted: small }))
  return world
}

const small = spec({ nodes: 1 })
const base = (observed: ObservedFleet) => ({
  ...known(small, [facts, { ...facts, instanceType: OTHER }]),
  observed,
  launched: [],
  deadlines: DEADLINES,
  now: NOW,
})
const towards = (wishes: readonly CohortWish[], busy: ReadonlySet<string> = new Set()) => {
  return (observed: ObservedFleet) => planCohorts({ ...base(observed), wishes, surplus: 'drain', busy })
}
const living = ({ nodes }: ObservedFleet): ObservedNode[] => nodes.filter((each) => each.state === 'running')
const sizes = (world: ObservedFleet) => cohortsOf(world.nodes).flatMap((one) => (isWhole(one) ? [one.name] : []))
const horizontal = (world: ObservedFleet, total: number, busy: ReadonlySet<string> = new Set()) =>
  horizontalWishes(cohortsOf(world.nodes), total, busy)

it.each([
  ['8', { kind: 'total', nodes: 8 }, 8],
  ['+2', { kind: 'more', nodes: 2 }, 6],
  ['-2', { kind: 'fewer', nodes: 2 }, 2],
  ['-9', { kind: 'fewer', nodes: 9 }, 0],
  ['0', { kind: 'total', nodes: 0 }, 0],
] as const)('%s of four nodes', (text, meant, total) => {
  expect(parseScale(text)).toEqual(meant)
  expect(totalOf(meant, 4)).toBe(total)
})

it.each(['', 'x', '1.5', '++1', '1e3', '- 1', '12345678'])('%j is no number of nodes', (text) => {
  expect(parseScale(text)).toBeNull()
})

describe('scaling', () => {
  it('grows by a new cohort beside the old ones, and takes no node away', () => {
    const start = up(4)
    const { world, actions } = converge(start, towards(horizontal(start, 6).wishes))
    expect(sizes(world)).toEqual(['c0x4', 'c1x2'])
    expect(actions.filter(({ kind }) => kind === 'terminate-nodes')).toEqual([])
    expect(living(world).every((each) => each.stages.has('verified'))).toBe(true)
  })

  it('makes several cohorts of more than EC2 launches all or nothing', () => {
    const start = up(4)
    expect(horizontal(start, 2005).wishes.map(({ nodes }) => nodes)).toEqual([4, 667, 667, 667])
  })

  it('gives up whole idle cohorts first, the newest before older ones, then the highest ranks', () => {
    const start = up(4, 2, 3)
    expect(sizes(converge(start, towards(horizontal(start, 6).wishes)).world)).toEqual(['c0x4', 'c1x2'])
    const { world } = converge(start, towards(horizontal(start, 3).wishes))
    expect(sizes(world)).toEqual(['c0x3'])
    expect(living(world).map(({ id }) => id)).toEqual(['i-0-0000', 'i-0-0001', 'i-0-0002'])
    expect(sizes(converge(start, towards(horizontal(start, 0).wishes)).world)).toEqual([])
  })

  it('takes no busy node, keeps the lead of a cohort of which anything stays, and says by how much it falls short', () => {
    const start = up(4)
    const busy = new Set(['i-0-0002'])
    const { wishes, short } = horizontal(start, 1, busy)
    expect(short).toBe(1)
    const { world } = converge(start, towards(wishes, busy))
    expect(living(world).map(({ id }) => id)).toEqual(['i-0-0000', 'i-0-0002'])
  })

  it('replaces a type by another cohort of the same total, and drains the old one only when the new one is ready', () => {
    const start = up(4)
    const wishes = verticalWishes(cohortsOf(start.nodes), 4, OTHER)
    const decide = towards(wishes)
    let world = start
    for (let round = 0; round < 12; round += 1) {
      const plan = decide(world)
      if (plan.converged) break
      if (plan.actions.some(({ kind }) => kind === 'mark-draining')) {
        expect(living(world).filter((each) => each.instanceType === OTHER && each.stages.has('verified'))).toHaveLength(
          4,
        )
      }
      for (const action of plan.actions) {
        world = apply(world, action.kind === 'launch-cohort' ? { ...action, instanceType: OTHER } : action)
      }
      world = settle(world)
    }
    expect(decide(world).converged).toBe(true)
    expect(living(world).map(({ instanceType }) => instanceType)).toEqual(Array.from({ length: 4 }, () => OTHER))
  })

  it('waits for jobs on what it replaces, and ends the nodes without', () => {
    const start = { ...up(4), nodes: up(4).nodes.map((each) => ({ ...each, draining: true })) }
    const busy = new Set(['i-0-0001'])
    const plan = towards([], busy)(start)
    expect(plan.actions).toMatchObject([{ kind: 'terminate-nodes', nodeIds: ['i-0-0000', 'i-0-0002', 'i-0-0003'] }])
    expect(plan.waits).toEqual(['1 node of c0x0 whose jobs still run'])
  })
})

/** Every world that a crash can leave: after any number of actions of any round, told by the cloud in part. */
function prefixes(start: ObservedFleet, decide: ReturnType<typeof towards>): ObservedFleet[] {
  const worlds = [start]
  let world = start
  for (let round = 0; round < 12; round += 1) {
    const plan = decide(world)
    if (plan.converged) return worlds
    for (const action of plan.actions) {
      if ('nodeIds' in action && action.nodeIds.length > 1) {
        worlds.push(apply(world, { ...action, nodeIds: action.nodeIds.slice(0, 1) }))
      }
      world = apply(world, action)
      worlds.push(world)
    }
    world = settle(world)
    worlds.push(world)
  }
  throw new Error('not converged')
}

describe('after a crash anywhere', () => {
  const fleets = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })

  it('scaling to the same total again gets there, with no node of a job ended on the way', () => {
    fc.assert(
      fc.property(fleets, fc.nat(12), fc.nat(), (cohorts, total, pick) => {
        const start = up(...cohorts)
        const busy = new Set(living(start).flatMap(({ id }, at) => ((pick >> at) % 5 === 0 ? [id] : [])))
        const { wishes, short } = horizontal(start, total, busy)
        for (const crashed of prefixes(start, towards(wishes, busy))) {
          const again = horizontalWishes(cohortsOf(crashed.nodes), total, busy)
          const { world } = converge(crashed, towards(again.wishes, busy))
          expect(nodeCount(cohortsOf(world.nodes))).toBe(total + short)
          expect(living(world)).toHaveLength(total + short)
          for (const id of busy) expect(living(world).map((each) => each.id)).toContain(id)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('a raise finds cohorts that jobs can run on, never ones that are being given up', () => {
    fc.assert(
      fc.property(fleets, fc.nat(12), (cohorts, total) => {
        const start = up(...cohorts)
        for (const crashed of prefixes(start, towards(horizontal(start, total).wishes))) {
          const world = settle(converge(crashed, (observed) => planRaise(base(observed))).world)
          const whole = cohortsOf(world.nodes).filter(isWhole)
          expect(whole.length).toBeGreaterThan(0)
          expect(living(world).filter(({ draining }) => draining)).toEqual([])
          expect(nodeCount(whole)).toBe(living(world).length)
        }
      }),
      { numRuns: 40 },
    )
  })
})
