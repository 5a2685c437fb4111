import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planTakeDown } from '../../../../src/core/plan/plan-take-down.ts'
import { apply, converge, node, nothing } from './model-world.ts'
import { holdsUnexported } from '../../../../src/core/fleet/observed-storage.ts'
import type { ObservedFleet } from '../../../../src/core/fleet/observed.ts'
import { stays } from '../../../../src/core/plan/plan-take-down.ts'
import { NO_MEMORY, storageFate, type TeardownMemory } from '../../../../src/core/plan/storage-fate.ts'
import { observedStorage } from '../../../fakes/observed-storage.ts'
import { anyWorld } from './worlds.ts'

describe('taking down', () => {
  it('plans nothing for nothing', () => {
    expect(planTakeDown(nothing)).toMatchObject({ actions: [], waits: [], converged: true })
  })

  it('leaves nothing of any world but storage that is kept, and then plans nothing', () => {
    fc.assert(
      fc.property(anyWorld, (start) => {
        const world = {
          ...start,
          placementGroup: start.placementGroup?.state === 'deleting' ? null : start.placementGroup,
        }
        const memory = fresh(world)
        const left = converge(world, (seen) => planTakeDown(seen, memory), 20).world
        expect(left.nodes.filter((each) => each.state !== 'terminated')).toEqual([])
        expect([left.placementGroup, left.template]).toEqual([null, null])
        for (const one of left.storage) expect(stays(storageFate(one, memory))).toBe(true)
        expect(left.securityGroup).toEqual(left.storage.length === 0 ? null : world.securityGroup)
        expect(planTakeDown(left, memory).actions).toEqual([])
      }),
    )
  })

  it('keeps to the order that AWS allows: groups and storage only when no node is left, the security group last', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const kinds = planTakeDown(world).actions.map((action) => action.kind)
        const alive = world.nodes.some((each) => each.state !== 'terminated')
        if (alive) {
          for (const kind of ['delete-placement-group', 'delete-storage', 'delete-security-group'])
            expect(kinds).not.toContain(kind)
        }
        if (world.storage.length > 0) expect(kinds).not.toContain('delete-security-group')
      }),
    )
  })

  it('asks for the end of a node once: one that is ending is waited for', () => {
    const world = { ...nothing, nodes: [node('a'), node('b')] }
    const [end] = planTakeDown(world).actions
    expect(end).toMatchObject({ kind: 'terminate-nodes', nodeIds: ['a', 'b'] })
    expect(planTakeDown(apply(world, end!))).toMatchObject({ actions: [], waits: ['2 nodes to end'] })
  })

  it('deletes no data that are nowhere else, unless they are to be discarded', () => {
    fc.assert(
      fc.property(anyWorld, (start) => {
        const memory = fresh(start)
        const checked = new Set<string>()
        converge(
          settledPlacement(start),
          (seen) => {
            const plan = planTakeDown(seen, memory)
            for (const action of plan.actions) {
              if (action.kind === 'check-export') checked.add(action.storageId)
              if (action.kind !== 'delete-storage') continue
              const one = seen.storage.find(({ id }) => id === action.storageId)!
              expect(one.contract.onTeardown).not.toBe('keep')
              if (holdsUnexported(start.storage.find(({ id }) => id === one.id)!)) expect(checked).toContain(one.id)
              expect(holdsUnexported(one)).toBe(false)
              expect(one.tasks.filter(({ state }) => state === 'active')).toEqual([])
            }
            return plan
          },
          20,
        )
      }),
    )
  })

  it('with discarding leaves nothing at all', () => {
    fc.assert(
      fc.property(anyWorld, (start) => {
        const memory = { ...fresh(start), discard: true }
        const left = converge(settledPlacement(start), (seen) => planTakeDown(seen, memory), 20).world
        expect([...left.storage, left.securityGroup]).toEqual([null])
      }),
    )
  })

  it('ends no node before what it wrote is on the storage', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const kinds = planTakeDown(world, fresh(world)).actions.map((action) => action.kind)
        const mounted = world.nodes.some((each) => each.state === 'running' && each.stages.has('mounted'))
        if (mounted && kinds.includes('flush-storage')) expect(kinds).not.toContain('terminate-nodes')
      }),
    )
  })

  it('goes through flush, link, export and comparison, while the nodes end', () => {
    const contract = { onTeardown: 'export', exportTo: 's3://out/x', mountPoint: '/fsx', imports: 0 } as const
    const storage = [observedStorage({ contract: { ...contract, data: { kind: 'unexported' } } })]
    const world = { ...nothing, nodes: [node('a', { stages: new Set(['mounted']) })], storage }
    const { actions } = converge(world, (seen) => planTakeDown(seen), 20)
    expect(actions.map((action) => action.kind)).toEqual([
      'flush-storage',
      'link-storage',
      'terminate-nodes',
      'export-storage',
      'check-export',
      'delete-storage',
    ])
  })

  it('keeps what it could not export, says why, and begins afresh the next time', () => {
    const failed = {
      id: 't',
      kind: 'export',
      state: 'failed',
      stamp: '1',
      paths: [],
      total: 9,
      succeeded: 7,
      failed: 2,
      failure: null,
    } as const
    const data = { kind: 'flushed', stamp: '1' } as const
    const contract = { onTeardown: 'export', exportTo: 's3://out/x', mountPoint: '/fsx', imports: 0, data } as const
    const links = [{ id: 'd', path: '/', repository: 's3://out/x', state: 'available', failure: null } as const]
    const storage = observedStorage({ contract, tasks: [failed], links })
    expect(storageFate(storage, NO_MEMORY)).toEqual({ kind: 'failed', why: 'task t could not export 2 of 9 files' })
    expect(planTakeDown({ ...nothing, storage: [storage] })).toMatchObject({ actions: [], converged: true })
    const again = storageFate(storage, { ...NO_MEMORY, old: new Set(['t']) })
    expect(again).toEqual({ kind: 'export', stamp: '1', attempt: 1, paths: [] })
  })
})

/** Exports that had failed before are tried again. */
function fresh(world: ObservedFleet): TeardownMemory {
  const tasks = world.storage.flatMap((one) => one.tasks)
  return { ...NO_MEMORY, old: new Set(tasks.filter((task) => task.state !== 'active').map(({ id }) => id)) }
}

const settledPlacement = (world: ObservedFleet): ObservedFleet => ({
  ...world,
  placementGroup: world.placementGroup?.state === 'deleting' ? null : world.placementGroup,
})
