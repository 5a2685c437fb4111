import { describe, expect, it } from 'vitest'
import { DEADLINES } from '../../../../src/core/plan/deadlines.ts'
import { expectedTimes } from '../../../../src/core/plan/expected-times.ts'
import { foresee } from '../../../../src/core/plan/foresee.ts'
import { measuredRaises } from '../../../../src/core/plan/measured-raises.ts'
import { pastActions, type PastAction } from '../../../../src/core/plan/past-action.ts'
import { planRaise } from '../../../../src/core/plan/plan-raise.ts'
import { known, NOW, nothing, spec } from './model-world.ts'

const actions = foresee(nothing, (observed) =>
  planRaise({ ...known(spec()), observed, launched: [], deadlines: DEADLINES, now: NOW }),
)

/** One raise of so many milliseconds in all; storage is mounted when half of them have passed. */
function raise(at: number, ms: number): PastAction[] {
  const action = (kind: string, from: number, to: number) => ({ kind, beganAt: at + from * ms, endedAt: at + to * ms })
  return [
    action('create-template', 0, 0.05),
    action('launch-cohort', 0.05, 0.1),
    action('create-storage', 0.1, 0.12),
    action('install-nodes', 0.3, 0.35),
    action('trust-nodes', 0.35, 0.4),
    action('mount-storage', 0.6, 0.8),
    action('verify-nodes', 0.8, 1.1),
  ]
}

describe('expected times', () => {
  it('are typical where nothing was measured; storage is made while the nodes boot', () => {
    const { ready, phases, source } = expectedTimes(actions, [], 'aws', [])
    expect(phases.map(({ name }) => name)).toEqual(['launch', 'boot', 'storage', 'prepare'])
    expect(ready).toEqual({ leastMs: 302_000, mostMs: 910_000 })
    expect(phases.at(-1)).toEqual({ name: 'prepare', leastMs: null, mostMs: null })
    expect(source).toContain('not measured by muster')
  })

  it('are measured where this machine has raised the fleet in this cloud, from the shortest to the longest', () => {
    const past = [...raise(0, 1000), { kind: 'terminate-nodes', beganAt: 5000, endedAt: 5001 }, ...raise(10_000, 2000)]
    const { ready, phases, source } = expectedTimes(actions, [], 'aws', past)
    expect(phases).toEqual([
      { name: 'launch', leastMs: 50, mostMs: 100 },
      { name: 'boot', leastMs: 200, mostMs: 400 },
      { name: 'storage', leastMs: 500, mostMs: 1000 },
      { name: 'prepare', leastMs: 500, mostMs: 1000 },
    ])
    expect(ready).toEqual({ leastMs: 1050, mostMs: 2100 })
    expect(source).toBe('measured in the last 2 raises from this machine')
  })

  it('are those of what is still to come', () => {
    expect(expectedTimes([], [], 'sandbox', [])).toEqual({
      phases: [],
      ready: { leastMs: 0, mostMs: 0 },
      source: null,
    })
    const waiting = expectedTimes([], ['2 nodes to register', 'the file system'], 'sandbox', [])
    expect(waiting.phases.map(({ name }) => name)).toEqual(['boot', 'storage'])
  })
})

it('raises that never came to their end are not measured, and only the newest five are', () => {
  const half = raise(0, 1000).slice(0, 4)
  expect(measuredRaises(half)).toEqual([])
  const undone = [...half, { kind: 'terminate-nodes', beganAt: 400, endedAt: 500 }, ...raise(1000, 1000).slice(3)]
  expect(measuredRaises(undone)).toEqual([])
  const many = Array.from({ length: 9 }, (_, nth) => raise(nth * 10_000, 1000)).flat()
  expect(measuredRaises(many)).toHaveLength(5)
})

const intend = (action: string, at: number) => ({ entry: 'intend' as const, action, kind: `kind of ${action}`, at })
const settled = (action: string, outcome: 'done' | 'failed', at: number) =>
  ({ entry: 'settled', action, outcome, at }) as const

it('an action is what was intended and settled; what failed or is open is left out', () => {
  expect(
    pastActions([
      intend('b', 2),
      intend('a', 1),
      settled('a', 'done', 5),
      settled('b', 'failed', 6),
      intend('b', 7),
      settled('b', 'done', 9),
      settled('c', 'done', 10),
      intend('d', 11),
    ]),
  ).toEqual([
    { kind: 'kind of a', beganAt: 1, endedAt: 5 },
    { kind: 'kind of b', beganAt: 7, endedAt: 9 },
  ])
})
