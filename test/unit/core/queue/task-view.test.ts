import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterEnd } from '../../../../src/core/queue/after-end.ts'
import { parseTaskName, RETRIES, runName, taskName, tasksOf } from '../../../../src/core/queue/queued-job.ts'
import type { TaskEvent } from '../../../../src/core/queue/task-event.ts'
import { nextView, viewTask } from '../../../../src/core/queue/fold.ts'
import { hasEnded, holdsNodes, lastAttempt, UNBORN } from '../../../../src/core/queue/task-view.ts'

const NODES = [{ id: 'i-1', name: 'node-0', ip: '10.0.0.1' }]
const at = (step: number) => 1000 * step

function ended(attempt: number, cause: 'exit' | 'node' | 'spot' | null, step: number): TaskEvent {
  const outcome = cause === null ? 'done' : cause === 'exit' ? 'failed' : 'lost'
  return {
    type: 'attempt-ended',
    at: at(step),
    attempt,
    outcome,
    exitCode: cause === null ? 0 : 7,
    message: '',
    cause,
    node: null,
    failedIn: cause === 'exit' ? 'running' : null,
  }
}

const born: TaskEvent = { type: 'submitted', at: at(0), held: false }
const placed = (attempt: number, step: number): TaskEvent => ({
  type: 'placed',
  at: at(step),
  attempt,
  run: 'r',
  cohort: 'c0x1',
  nodes: NODES,
})

const events: fc.Arbitrary<TaskEvent> = fc.oneof(
  fc.record({
    type: fc.constantFrom('held', 'released', 'cancel-asked', 'retried'),
    at: fc.nat(99),
  }) as fc.Arbitrary<TaskEvent>,
  fc.record({ type: fc.constant('submitted'), at: fc.nat(99), held: fc.boolean() }) as fc.Arbitrary<TaskEvent>,
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat(99)).map(([attempt, step]) => placed(attempt, step)),
  fc.record({
    type: fc.constantFrom('started', 'seen'),
    at: fc.nat(99),
    attempt: fc.integer({ min: 1, max: 3 }),
  }) as fc.Arbitrary<TaskEvent>,
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom('exit', 'node', 'spot', null), fc.nat(99))
    .map(([attempt, cause, step]) => ended(attempt, cause, step)),
  fc.record({
    type: fc.constant('requeued'),
    at: fc.nat(99),
    attempt: fc.integer({ min: 1, max: 3 }),
    notBefore: fc.nat(99),
    cause: fc.constantFrom('exit', 'node', 'spot'),
    node: fc.constant(null),
  }) as fc.Arbitrary<TaskEvent>,
  fc.record({
    type: fc.constant('noticed'),
    at: fc.nat(99),
    attempt: fc.integer({ min: 1, max: 3 }),
    node: fc.constant('i-1'),
    until: fc.nat(99),
  }) as fc.Arbitrary<TaskEvent>,
  fc.record({
    type: fc.constant('finished'),
    at: fc.nat(99),
    outcome: fc.constantFrom('done', 'failed'),
    exitCode: fc.constant(0),
    message: fc.constant(''),
  }) as fc.Arbitrary<TaskEvent>,
)

describe('where a task stands', () => {
  it('is told by its history: placed, running, ended, begun again, done', () => {
    const history: TaskEvent[] = [born, placed(1, 1), { type: 'started', at: at(2), attempt: 1 }, ended(1, 'node', 3)]
    expect(viewTask(history)).toMatchObject({ state: 'running', version: 4 })
    const back = afterEnd(viewTask(history), RETRIES, at(4))!
    expect(back).toMatchObject({ type: 'requeued', at: at(4), attempt: 1, notBefore: at(14), cause: 'node' })
    const again = viewTask([...history, back, placed(2, 20), ended(2, null, 21)])
    expect(lastAttempt(again)).toMatchObject({ attempt: 2, outcome: 'done' })
    const end = afterEnd(again, RETRIES, at(22))!
    expect(nextView(again, end)).toMatchObject({ state: 'done', exitCode: 0, endedAt: at(22) })
  })

  it('knows nothing that can be seen no more as ended', () => {
    const view = viewTask([born, placed(1, 1), { type: 'lost-sight', at: at(5), attempt: 1, why: 'no network' }])
    expect(view).toMatchObject({ state: 'placed', unknownSince: at(5) })
    expect(afterEnd(view, RETRIES, at(9))).toBeNull()
  })

  it('a program that fails is not begun again unless it was asked for; Spot losses are, at once', () => {
    const failed = viewTask([born, placed(1, 1), ended(1, 'exit', 2)])
    expect(afterEnd(failed, RETRIES, at(3))).toMatchObject({ type: 'finished', outcome: 'failed', exitCode: 7 })
    expect(afterEnd(failed, { ...RETRIES, exit: 1 }, at(3))).toMatchObject({ type: 'requeued' })
    const taken = viewTask([born, placed(1, 1), ended(1, 'spot', 2)])
    expect(afterEnd(taken, RETRIES, at(3))).toMatchObject({ type: 'requeued', cause: 'spot', notBefore: at(3) })
  })

  it('one that is to be cancelled is not begun again', () => {
    const view = viewTask([born, placed(1, 1), { type: 'cancel-asked', at: at(2) }, ended(1, 'node', 3)])
    expect(afterEnd(view, RETRIES, at(4))).toMatchObject({ type: 'finished' })
  })

  it('muster retry begins anew, with its retries whole', () => {
    const end: TaskEvent = { type: 'finished', at: at(3), outcome: 'failed', exitCode: 7, message: '' }
    const view = viewTask([born, placed(1, 1), ended(1, 'node', 2), end, { type: 'retried', at: at(4) }])
    expect(view).toMatchObject({ state: 'waiting', forgiven: 1, exitCode: null })
    expect(runName({ job: 'a-20260101-000000-abcd', index: 3 }, view.attempts.length + 1)).toBe(
      'a-20260101-000000-abcd.3.a2',
    )
  })

  it('any events in any order are read: it holds nodes only while an attempt has not been dealt with', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (history) => {
        const view = viewTask([born, ...history])
        expect(view.version).toBe(history.length + 1)
        if (holdsNodes(view)) expect(lastAttempt(view)).not.toBeNull()
        if (hasEnded(view)) expect(afterEnd(view, RETRIES, at(1))).toBeNull()
        expect(view.attempts.map((one) => one.attempt)).toEqual(view.attempts.map((_, nth) => nth + 1))
      }),
    )
  })

  it('a folded history is the fold of its parts', () => {
    fc.assert(
      fc.property(fc.array(events), fc.array(events), (first, second) => {
        expect(second.reduce(nextView, viewTask(first))).toEqual(viewTask([...first, ...second]))
        expect(viewTask([])).toBe(UNBORN)
      }),
    )
  })
})

describe('names of tasks', () => {
  it('are read as they are written', () => {
    const job = 'heat-20261123-143205-k7f2'
    expect(tasksOf({ id: job, array: [0, 5] }).map(taskName)).toEqual([`${job}.0`, `${job}.5`])
    fc.assert(
      fc.property(fc.option(fc.nat(9_999_999)), (index) => {
        expect(parseTaskName(taskName({ job, index }))).toEqual({ job, index })
      }),
    )
    for (const text of ['', '.1', 'a.b', '../x', 'a.1.2']) expect(parseTaskName(text)).toBeNull()
  })
})
