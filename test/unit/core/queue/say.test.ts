import { expect, test } from 'vitest'
import { sayCounts } from '../../../../src/core/queue/say-counts.ts'
import { nodeNames, sayTaskEvent } from '../../../../src/core/queue/say-event.ts'
import { sayWhy } from '../../../../src/core/queue/say-why.ts'
import type { TaskEvent } from '../../../../src/core/queue/task-event.ts'
import { UNBORN, type AttemptView, type TaskView } from '../../../../src/core/queue/task-view.ts'

const clock = (at: number) => `t${at}`
const nodes = [{ id: 'i-1', name: 'node-0', ip: '10.0.0.1' }]
const attempt: AttemptView = {
  attempt: 1,
  run: 'a-1',
  batch: null,
  cohort: 'c',
  nodes,
  placedAt: 1,
  startedAt: 2,
  endedAt: null,
  outcome: null,
  exitCode: null,
  message: '',
  cause: null,
  node: null,
  failedIn: null,
  notice: null,
}

test.for<[TaskEvent, string]>([
  [{ type: 'submitted', at: 1, held: true }, 'submitted, and held'],
  [{ type: 'held', at: 1 }, 'held'],
  [{ type: 'released', at: 1 }, 'released'],
  [{ type: 'placed', at: 1, attempt: 2, run: 'r', cohort: 'c', nodes }, 'attempt 2 is given i-1'],
  [{ type: 'started', at: 1, attempt: 2 }, 'attempt 2 has begun'],
  [{ type: 'phase', at: 1, attempt: 2, phase: 'collecting' }, 'attempt 2: collecting'],
  [{ type: 'lost-sight', at: 1, attempt: 2, why: 'no answer' }, 'attempt 2 is out of sight: no answer'],
  [{ type: 'seen', at: 1, attempt: 2 }, 'attempt 2 is seen again'],
  [
    {
      type: 'attempt-ended',
      at: 1,
      attempt: 1,
      outcome: 'lost',
      exitCode: null,
      message: 'gone',
      cause: 'node',
      node: 'i-1',
      failedIn: null,
    },
    'attempt 1 ended: lost: gone (on i-1)',
  ],
  [
    { type: 'requeued', at: 5, attempt: 1, notBefore: 9, cause: 'exit', node: null },
    'requeued: it failed; not before t9',
  ],
  [{ type: 'requeued', at: 5, attempt: 1, notBefore: 0, cause: 'spot', node: 'i-1' }, 'requeued: Spot took i-1'],
  [{ type: 'requeued', at: 5, attempt: 1, notBefore: 0, cause: 'node', node: null }, 'requeued: a node died'],
  [{ type: 'noticed', at: 5, attempt: 1, node: 'i-1', until: 125 }, 'attempt 1 is told that Spot takes i-1 at t125'],
  [{ type: 'cancel-asked', at: 1 }, 'its end was asked for'],
  [{ type: 'retried', at: 1 }, 'to be run again, by muster retry'],
  [{ type: 'finished', at: 1, outcome: 'done', exitCode: 0, message: '' }, 'ended for good: done'],
])('%j is said as %s', ([event, words]) => {
  expect(sayTaskEvent(event, clock)).toBe(words)
})

test.for<[Partial<TaskView>, string, string | null]>([
  [{ state: 'waiting' }, 'whoever works the queue has not looked at it yet', null],
  [
    { state: 'waiting', attempts: [{ ...attempt, cause: 'spot', node: 'i-1' }] },
    'requeued: Spot took i-1; whoever works the queue has not looked at it yet',
    null,
  ],
  [
    { state: 'waiting', attempts: [{ ...attempt, cause: 'exit' }], forgiven: 1 },
    'whoever works the queue has not looked at it yet',
    null,
  ],
  [{ state: 'running', attempts: [attempt] }, 'runs on i-1', 'muster logs a-1 -f'],
  [
    { state: 'running', attempts: [{ ...attempt, notice: { node: 'i-1', until: 9 } }] },
    'runs on i-1; Spot takes i-1 at t9, and it goes on elsewhere',
    'muster logs a-1 -f',
  ],
  [
    { state: 'placed', attempts: [attempt], cancelAsked: true, unknownSince: 7 },
    'is starting on i-1, and its end was asked for; not seen since t7, and left alone',
    'muster logs a-1 -f',
  ],
  [{ state: 'done' }, 'done', 'muster results a-1'],
  [
    { state: 'failed', exitCode: 3, message: 'x', attempts: [{ ...attempt, node: 'i-1' }] },
    'failed, exit code 3: x (on i-1)',
    'muster logs a-1',
  ],
  [
    { state: 'cancelled', message: 'cancelled before it ran' },
    'cancelled: cancelled before it ran',
    'muster retry a-1',
  ],
])('a task %j: %s', ([view, words, next]) => {
  expect(sayWhy('a-1', { ...UNBORN, ...view }, null, clock)).toEqual({ words, next })
})

test('a reason to wait is said with what to do about it', () => {
  expect(sayWhy('a-1', UNBORN, { kind: 'no-controller' }, clock)).toEqual({
    words: 'nobody works the queue',
    next: 'muster work --detach',
  })
})

test('what waited for a job that was not done is run again after it, however long the chain', () => {
  const view: TaskView = { ...UNBORN, state: 'cancelled', message: 'never ran: b-1 was not done' }
  const next = (retryFirst: readonly string[]) => sayWhy('c-1.2', view, null, clock, { all: 'c-1', retryFirst }).next
  expect(next([])).toBe('muster retry c-1')
  expect(next(['a-1', 'b-1'])).toBe('muster retry a-1 && muster retry b-1 && muster retry c-1')
  expect(next(['a-1', 'b-1', 'd-1', 'e-1', 'f-1'])).toBe('muster why a-1')
})

test.for<[string, string]>([
  ['type: c5.large in fleets.hpc of muster.yaml', '; then muster cancel a-1, and submit it again'],
  ['muster setup', ''],
])('what helps a fleet that cannot change is %s, for a job that keeps its description%s', ([hint, then]) => {
  const reason = { kind: 'fleet-blocked', message: 'c4.large has no ENA network', hint, retryAt: 9 } as const
  expect(sayWhy('a-1', UNBORN, reason, clock)).toEqual({
    words: 'c4.large has no ENA network; next try at t9',
    next: `${hint}${then}`,
  })
})

test('states are counted in the order in which a task goes through them', () => {
  expect(sayCounts({ done: 80, waiting: 17, running: 3, failed: 0 }, true)).toBe('running 3, waiting 17, done 80')
  expect(sayCounts({ placed: 1 }, false)).toBe('starting')
})

test('of many nodes three are named', () => {
  expect(nodeNames(['a', 'b', 'c', 'd', 'e'].map((id) => ({ id })))).toBe('a, b, c and 2 more')
})
