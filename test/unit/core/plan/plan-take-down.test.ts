import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planTakeDown } from '../../../../src/core/plan/plan-take-down.ts'
import { apply, converge, node, nothing } from './model-world.ts'
import { anyWorld } from './worlds.ts'

describe('taking down', () => {
  it('plans nothing for nothing', () => {
    expect(planTakeDown(nothing)).toMatchObject({ actions: [], waits: [], converged: true })
  })

  it('leaves nothing of any world, and then plans nothing', () => {
    fc.assert(
      fc.property(anyWorld, (start) => {
        const world = {
          ...start,
          placementGroup: start.placementGroup?.state === 'deleting' ? null : start.placementGroup,
        }
        const left = converge(world, (seen) => planTakeDown(seen)).world
        expect(left.nodes.filter((each) => each.state !== 'terminated')).toEqual([])
        expect([left.securityGroup, left.placementGroup, left.template, ...left.storage]).toEqual([null, null, null])
        expect(planTakeDown(left).actions).toEqual([])
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
})
