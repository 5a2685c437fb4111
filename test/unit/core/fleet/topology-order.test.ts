import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { rankOrder } from '../../../../src/core/fleet/topology-order.ts'
import { node, NOW } from '../plan/model-world.ts'

const networkNode = fc.constantFrom('nn-1', 'nn-2', 'nn-3')
const nodes = fc
  .array(fc.tuple(networkNode, networkNode, networkNode, fc.nat(2)), { maxLength: 24 })
  .map((all) =>
    all.map(([top, middle, deep, second], at) =>
      node(`i-${at}`, { topology: [top, `${top}.${middle}`, `${top}.${middle}.${deep}`], launchedAt: NOW + second }),
    ),
  )

it('those that share a switch are neighbours, at every level, whatever order the cloud lists them in', () => {
  fc.assert(
    fc.property(nodes, fc.gen(), (all, random) => {
      const ordered = rankOrder(all)
      expect(ordered.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted())
      for (const level of [0, 1, 2]) {
        const switches = ordered.map(({ topology }) => topology[level])
        const runs = switches.filter((one, at) => one !== switches[at - 1])
        expect(new Set(runs).size).toBe(runs.length)
      }
      const shuffled = random(fc.shuffledSubarray, all, { minLength: all.length })
      expect(rankOrder(shuffled).map(({ id }) => id)).toEqual(ordered.map(({ id }) => id))
    }),
  )
})

it('without topology of all of them they stay in the order of their launch, then of their ids', () => {
  const all = [node('i-c'), node('i-b', { launchedAt: NOW - 1 }), node('i-a', { topology: ['nn-1'] })]
  expect(rankOrder(all).map(({ id }) => id)).toEqual(['i-b', 'i-a', 'i-c'])
})

it('the lead is rank 0, also where topology becomes known later; a cohort that shrinks keeps the order of the rest', () => {
  const all = ['d', 'c', 'b', 'a'].map((id, at) =>
    node(`i-${id}`, { topology: ['nn-1', `nn-1${at}`], lead: id === 'b' }),
  )
  expect(rankOrder(all).map(({ id }) => id)).toEqual(['i-b', 'i-d', 'i-c', 'i-a'])
  expect(rankOrder(all.slice(0, 3)).map(({ id }) => id)).toEqual(['i-b', 'i-d', 'i-c'])
})
