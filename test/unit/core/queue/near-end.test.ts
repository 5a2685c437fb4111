import { expect, it } from 'vitest'
import { cohortViews } from '../../../../src/core/queue/fleet-now.ts'
import { isNearEnd } from '../../../../src/core/queue/near-end.ts'
import { NOW, node } from '../plan/model-world.ts'

const HOUR = 3_600_000
const old = (maxLifeS: number | null, ageMs: number) => isNearEnd({ launchedAt: NOW - ageMs, maxLifeS }, NOW)

it('a node is begun nothing on in the last quarter of an hour of its life, or the last tenth of a short one', () => {
  expect(old(null, 1000 * HOUR)).toBe(false)
  expect(old(7 * 86_400, 7 * 24 * HOUR - 16 * 60_000)).toBe(false)
  expect(old(7 * 86_400, 7 * 24 * HOUR - 14 * 60_000)).toBe(true)
  expect(old(600, 530_000)).toBe(false)
  expect(old(600, 541_000)).toBe(true)
  expect(old(600, 700_000)).toBe(true)
})

it('such nodes are none that tasks can be placed on', () => {
  const nodes = [3600, 36_000].map((maxLifeS, at) =>
    node(`i-${at}`, { cohort: 'c0x2', launchedAt: NOW - HOUR, maxLifeS, lead: at === 0 }),
  )
  const memory = { fleet: 'f', types: [], resting: new Set<string>(), readyAt: NOW, now: NOW }
  expect(cohortViews(nodes, memory).map((view) => view.nodes.map(({ id }) => id))).toEqual([['i-1']])
})
