import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ObservedFleet } from '../../../../src/core/fleet/observed.ts'
import type { FleetSpec } from '../../../../src/core/fleet/spec.ts'
import { cohortsOf, isWhole } from '../../../../src/core/plan/cohort.ts'
import { cohortFor } from '../../../../src/core/plan/cohort-wish.ts'
import { DEADLINES } from '../../../../src/core/plan/deadlines.ts'
import { planRaise } from '../../../../src/core/plan/plan-raise.ts'
import type { RaiseInput } from '../../../../src/core/plan/raise-input.ts'
import { NOW, converge, facts, known, node, nothing, spec } from './model-world.ts'
import { anyWorld } from './worlds.ts'
import { observedStorage } from '../../../fakes/observed-storage.ts'

function input(observed: ObservedFleet, overrides: Partial<RaiseInput> = {}): RaiseInput {
  const { wanted = spec() } = overrides
  return { ...known(wanted), observed, launched: [], deadlines: DEADLINES, now: NOW, ...overrides }
}

const specs: fc.Arbitrary<FleetSpec> = fc
  .record({ nodes: fc.integer({ min: 1, max: 6 }), cluster: fc.boolean(), storage: fc.boolean() })
  .map(({ nodes, cluster, storage }) =>
    spec({ nodes, placement: cluster ? 'cluster' : 'none', ...(storage ? {} : { storage: null }) }),
  )

describe('from nothing', () => {
  it('plans the whole chain in one go, each action after what it needs', () => {
    const plan = planRaise(input(nothing))
    expect(plan.actions.map((action) => action.kind)).toEqual([
      'create-security-group',
      'create-placement-group',
      'create-template',
      'launch-cohort',
      'create-storage',
    ])
    expect(plan.actions.find((action) => action.kind === 'create-storage')?.dependsOn).toEqual(['hpc/launch-c0x4'])
  })

  it('makes sure of a group that is there: a crash may have come between the group and its rules', () => {
    const plan = planRaise(input({ ...nothing, securityGroup: { id: 'sg-1' } }))
    expect(plan.actions.map((action) => action.kind)).toContain('create-security-group')
  })

  it('needs one launch and each stage once', () => {
    const { world, actions } = converge(nothing, (observed) => planRaise(input(observed)))
    expect(world.nodes.filter((each) => each.stages.has('verified'))).toHaveLength(4)
    for (const kind of [
      'launch-cohort',
      'install-nodes',
      'mount-storage',
      'trust-nodes',
      'verify-nodes',
      'create-storage',
    ]) {
      expect(
        actions.filter((action) => action.kind === kind),
        kind,
      ).toHaveLength(1)
    }
  })
})

describe('from any world', () => {
  it('converges to one whole verified cohort of the wanted size, and then plans nothing', () => {
    fc.assert(
      fc.property(anyWorld, specs, (start, wanted) => {
        const decide = (observed: ObservedFleet) => planRaise(input(observed, { wanted }))
        const { world } = converge(start, decide)
        const cohorts = cohortsOf(world.nodes)
        const chosen = cohortFor(cohorts, wanted, new Set())
        expect(chosen?.nodes.length).toBeGreaterThanOrEqual(wanted.nodes)
        expect(chosen?.nodes.every((each) => each.stages.has('verified'))).toBe(true)
        // What is broken or drains is gone; other whole cohorts are not ours to end.
        expect(cohorts.filter((each) => each.nodes.length > 0 && !isWhole(each))).toEqual([])
        expect(cohorts.flatMap((each) => each.draining)).toEqual([])
        expect(decide(world).actions).toEqual([])
      }),
    )
  })

  it('launches never more than is wanted, in one zone, and never touches a whole cohort of the wanted type', () => {
    fc.assert(
      fc.property(anyWorld, specs, (start, wanted) => {
        const plan = planRaise(input(start, { wanted }))
        const launches = plan.actions.filter((action) => action.kind === 'launch-cohort')
        expect(launches.length).toBeLessThanOrEqual(1)
        for (const launch of launches) {
          expect(launch.count).toBe(wanted.nodes)
          expect(facts.zones).toContain(launch.zone)
        }
        const ending = plan.actions.flatMap((action) => (action.kind === 'terminate-nodes' ? action.nodeIds : []))
        const usable = cohortsOf(start.nodes).find(
          (cohort) =>
            isWhole(cohort) &&
            cohort.nodes.length >= wanted.nodes &&
            cohort.nodes.every((each) => wanted.types.includes(each.instanceType)),
        )
        if (usable) {
          expect(launches).toEqual([])
          for (const each of usable.nodes) expect(ending).not.toContain(each.id)
        }
      }),
    )
  })

  it('depends only on actions that the same plan lists before', () => {
    fc.assert(
      fc.property(anyWorld, specs, (start, wanted) => {
        const listed = new Set<string>()
        for (const action of planRaise(input(start, { wanted })).actions) {
          for (const id of action.dependsOn) expect(listed).toContain(id)
          expect(listed).not.toContain(action.id)
          listed.add(action.id)
        }
      }),
    )
  })

  it('does not care in which order the cloud lists things', () => {
    fc.assert(
      fc.property(anyWorld, specs, (start, wanted) => {
        const turned = { ...start, nodes: start.nodes.toReversed() }
        const byId = (observed: ObservedFleet) =>
          planRaise(input(observed, { wanted }))
            .actions.map((action) => JSON.stringify(action, sorted))
            .toSorted()
        expect(byId(turned)).toEqual(byId(start))
      }),
    )
  })
})

describe('a lost node', () => {
  it('ends the rest of its cohort and launches the next one', () => {
    const nodes = ['a', 'b', 'c', 'd'].map((id) => node(id, { stages: new Set(['verified']) }))
    const broken = {
      ...nothing,
      nodes: nodes.with(2, node('c', { state: 'terminated', stateReason: 'Server.SpotInstanceTermination' })),
    }
    const plan = planRaise(input(broken))
    const end = plan.actions.find((action) => action.kind === 'terminate-nodes')
    expect(end).toMatchObject({
      nodeIds: ['a', 'b', 'd'],
      reason: 'cohort c0x4 lost c (Server.SpotInstanceTermination)',
    })
    expect(plan.actions.find((action) => action.kind === 'launch-cohort')).toMatchObject({ cohort: 'c1x4', count: 4 })
  })
})

describe('patience', () => {
  it('waits for a launch that the cloud accepted and does not show yet, instead of launching again', () => {
    const plan = planRaise(input(nothing, { launched: [{ cohort: 'c0x4', at: NOW - 1000 }] }))
    expect(plan.actions).toEqual([])
    expect(plan.waits).toEqual(['the cloud to show the new nodes'])
  })

  it.each([
    ['NodeNeverStarted', node('a', { state: 'pending' }), DEADLINES.startedMs],
    ['NodeNeverRegistered', node('a', { online: false }), DEADLINES.onlineMs],
  ])('ends with %s after its deadline and not before', (code, late, deadline) => {
    const observed = { ...nothing, nodes: [late, node('b'), node('c'), node('d')] }
    expect(planRaise(input(observed, { now: NOW + deadline })).failure).toBeNull()
    expect(planRaise(input(observed, { now: NOW + deadline + 1 })).failure).toMatchObject({ code })
  })

  it('installs on nodes while the file system is still being made', () => {
    const creating = observedStorage({ state: 'creating', createdAt: NOW })
    const observed = { ...nothing, nodes: ['a', 'b', 'c', 'd'].map((id) => node(id)), storage: [creating] }
    const plan = planRaise(input(observed))
    expect(plan.actions.map((action) => action.kind)).toEqual(['install-nodes', 'trust-nodes'])
    expect(plan.waits).toEqual(['the file system'])
  })

  it('names a file system that failed', () => {
    const failed = observedStorage({ id: 'fs-9', state: 'failed', failure: 'no room' })
    expect(planRaise(input({ ...nothing, storage: [failed] })).failure).toEqual({
      code: 'StorageFailed',
      message: 'file system fs-9 failed: no room',
    })
  })
})

function sorted(key: string, value: unknown): unknown {
  return key === 'nodeIds' ? (value as string[]).toSorted(byText) : value
}

function byText(a: string, b: string): number {
  return a.localeCompare(b)
}
