import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../../../src/core/job/judge.ts'
import { eventsOf, type AttemptSight } from '../../../../src/core/queue/attempt-end.ts'
import type { QueuedTask } from '../../../../src/core/queue/eligible.ts'
import { viewTask } from '../../../../src/core/queue/fold.ts'
import { leavingNodes, leavingTasks } from '../../../../src/core/queue/leaving.ts'
import type { TaskEvent } from '../../../../src/core/queue/task-event.ts'
import { AT, BORN, queuedJob } from '../../../contract/job-store/jobs.ts'

const job = queuedJob()
const nodes = [
  { id: 'i-1', name: 'node-0', ip: '10.0.0.1' },
  { id: 'i-2', name: 'node-1', ip: '10.0.0.2' },
]
const PLACED: TaskEvent = { type: 'placed', at: AT, attempt: 1, run: job.id, cohort: 'c', nodes }
const NOTICE = { node: 'i-2', until: AT + 120_000 }
const NOTICED: TaskEvent = { type: 'noticed', at: AT, attempt: 1, ...NOTICE }

const task = (...history: readonly TaskEvent[]): QueuedTask => ({
  key: { job: job.id, index: null },
  job,
  view: viewTask([BORN, PLACED, ...history]),
})
const ended = (outcome: (Verdict & { kind: 'ended' })['outcome'], more: Partial<AttemptSight> = {}): AttemptSight =>
  ({
    kind: 'ended',
    verdict: { kind: 'ended', outcome, exitCode: outcome === 'done' ? 0 : 75, message: '' },
    hasLostNode: false,
    isReclaimed: false,
    notice: null,
    node: null,
    ...more,
  }) as AttemptSight
const look = (sight: AttemptSight, at: number, ...history: readonly TaskEvent[]) =>
  eventsOf(task(...history), sight, AT, at)

describe('a Spot notice', () => {
  const running: AttemptSight = { kind: 'running', phase: 'running', notice: NOTICE, saidAt: AT }

  it('is written down once, and ends nothing', () => {
    const phase: TaskEvent = { type: 'phase', at: AT + 5, attempt: 1, phase: 'running' }
    expect(look(running, AT + 5)).toEqual([{ type: 'noticed', at: AT + 5, attempt: 1, ...NOTICE }, phase])
    expect(look(running, AT + 9, NOTICED, phase)).toEqual([])
  })

  it.for([
    ['failed', 'spot', 'requeued'],
    ['lost', 'spot', 'requeued'],
    ['done', null, 'finished'],
    ['cancelled', 'cancelled', 'finished'],
    ['time-limit', 'time-limit', 'finished'],
  ] as const)('a program that was told and is %s then ends by %s and is %s', ([outcome, cause, follows]) => {
    const [end, next] = look(ended(outcome), AT + 60_000, NOTICED)
    expect(end).toMatchObject({ type: 'attempt-ended', outcome, cause })
    expect(next?.type).toBe(follows)
    if (follows === 'requeued') expect(next).toMatchObject({ cause: 'spot', node: 'i-2', notBefore: AT + 60_000 })
  })

  it('that is seen only with the end is written down before it', () => {
    const events = look(ended('failed', { notice: NOTICE }), AT + 60_000)
    expect(events.map(({ type }) => type)).toEqual(['noticed', 'attempt-ended', 'requeued'])
  })

  it('that nothing came of explains no failure long after', () => {
    expect(look(ended('failed'), AT + 3_600_000, NOTICED)[0]).toMatchObject({ cause: 'exit' })
  })

  it('keeps its node free of others, and asks for room for its task, unless it may not be begun again', () => {
    expect([...leavingNodes([task(NOTICED), task()])]).toEqual(['i-2'])
    expect(leavingTasks([task(NOTICED), task()])).toHaveLength(1)
    const never = { ...task(NOTICED), job: { ...job, retries: { ...job.retries, spot: 0 } } }
    expect(leavingTasks([never, task(NOTICED, { type: 'cancel-asked', at: AT })])).toEqual([])
    const again: TaskEvent[] = look(ended('failed'), AT + 5, NOTICED)
    expect(leavingTasks([task(NOTICED, ...again)])).toEqual([])
    expect([...leavingNodes([task(NOTICED, ...again)])]).toEqual(['i-2'])
  })
})

it('a program that fails since another of its nodes died is begun again for that', () => {
  expect(look(ended('failed', { hasLostNode: true, node: 'i-2' }), AT + 5)[0]).toMatchObject({ cause: 'node' })
  expect(look(ended('failed', { hasLostNode: true, isReclaimed: true }), AT + 5)[0]).toMatchObject({ cause: 'spot' })
  expect(look(ended('failed'), AT + 5)[0]).toMatchObject({ cause: 'exit' })
})
