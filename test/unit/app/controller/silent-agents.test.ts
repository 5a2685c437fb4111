import { expect, it } from 'vitest'
import { watchAgents } from '../../../../src/app/controller/silent-agents.ts'
import type { ObservedNode } from '../../../../src/core/fleet/observed.ts'
import { node } from '../../core/plan/model-world.ts'

const READY = new Set(['verified'] as const)
const up = (id: string, online: boolean) => node(id, { online, stages: READY })

/** What is said of the nodes minute by minute. */
function watched(minutes: readonly (readonly ObservedNode[])[]): string[] {
  let now = 0
  const look = watchAgents({ now: () => now, sleep: async () => undefined })
  return minutes.flatMap((nodes) => {
    const named = [...look(nodes).keys()]
    now += 60_000
    return named
  })
}

it('names a node whose agent is away for more than five minutes while others answer', () => {
  expect(watched(Array.from({ length: 7 }, () => [up('i-1', true), up('i-2', false)]))).toEqual(['i-2'])
})

it.each([
  ['flaps', Array.from({ length: 20 }, (_, n) => [up('i-1', true), up('i-2', n % 4 === 0)])],
  ['is one of many that do', Array.from({ length: 20 }, () => [up('i-1', false), up('i-2', false)])],
  ['has never been ready', Array.from({ length: 20 }, () => [up('i-1', true), node('i-2', { online: false })])],
])('names none that %s', (_, minutes) => {
  expect(watched(minutes)).toEqual([])
})
