import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ObservedFleet } from '../../../../src/core/fleet/observed.ts'
import { DEADLINES } from '../../../../src/core/plan/deadlines.ts'
import { foresee } from '../../../../src/core/plan/foresee.ts'
import { planRaise } from '../../../../src/core/plan/plan-raise.ts'
import { planTakeDown } from '../../../../src/core/plan/plan-take-down.ts'
import { converge, known, NOW, nothing, spec } from './model-world.ts'
import { anyWorld } from './worlds.ts'

const raise = (observed: ObservedFleet) =>
  planRaise({ ...known(spec()), observed, launched: [], deadlines: DEADLINES, now: NOW })
const takeDown = (observed: ObservedFleet) => planTakeDown(observed)
const ids = (actions: readonly { readonly id: string }[]) => [...new Set(actions.map(({ id }) => id))]

describe('foreseeing', () => {
  it('tells the whole raise of a fleet of which nothing exists', () => {
    expect(foresee(nothing, raise).map(({ kind }) => kind)).toEqual([
      'create-security-group',
      'create-placement-group',
      'create-template',
      'launch-cohort',
      'create-storage',
      'install-nodes',
      'trust-nodes',
      'mount-storage',
      'verify-nodes',
    ])
  })

  it('tells the whole teardown of what was raised, and nothing of a fleet that is as wanted', () => {
    const { world } = converge(nothing, raise)
    expect(foresee(world, raise)).toEqual([])
    expect(foresee(world, takeDown).map(({ kind }) => kind)).toEqual([
      'terminate-nodes',
      'delete-template',
      'delete-storage',
      'delete-placement-group',
      'delete-security-group',
    ])
    expect(foresee(nothing, takeDown)).toEqual([])
  })

  it('tells exactly what the rounds then do, whatever is there', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        // The model never lets a group go that is being deleted.
        fc.pre(world.placementGroup?.state !== 'deleting')
        const foreseen = ids(foresee(world, takeDown))
        expect(foreseen.toSorted()).toEqual(ids(converge(world, takeDown, 20).actions).toSorted())
        if (raise(world).failure) return
        expect(ids(foresee(world, raise)).toSorted()).toEqual(ids(converge(world, raise, 20).actions).toSorted())
      }),
    )
  })
})
