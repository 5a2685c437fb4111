import { describe, expect, it } from 'vitest'
import { eligibleTasks, type Counts, type QueuedTask } from '../../../../src/core/queue/eligible.ts'
import { viewTask } from '../../../../src/core/queue/fold.ts'
import { tasksOf, type QueuedJob } from '../../../../src/core/queue/queued-job.ts'
import type { TaskEvent } from '../../../../src/core/queue/task-event.ts'
import { AT, BORN, queuedJob } from '../../../contract/job-store/jobs.ts'

function tasks(job: QueuedJob, more: readonly TaskEvent[] = []): QueuedTask[] {
  return tasksOf(job).map((key) => ({ key, job, view: viewTask([BORN, ...more]) }))
}

const none = () => null
const PLACED: TaskEvent = { type: 'placed', at: AT, attempt: 1, run: 'r', cohort: 'c0x1', nodes: [] }

describe('whether a task could be placed', () => {
  it('asks for nodes, or for cores of one where it shares it', () => {
    const job = queuedJob({ share: true, priority: 3 })
    expect(eligibleTasks(tasks(job), none, AT).waiting).toMatchObject([
      { task: job.id, cores: 1, nodes: 1, priority: 3 },
    ])
  })

  it('not while it is held, nor before its time after a failure', () => {
    const job = queuedJob()
    expect(eligibleTasks(tasks(job, [{ type: 'held', at: AT }]), none, AT).not.get(job.id)).toEqual({ kind: 'held' })
    const failed: TaskEvent[] = [
      PLACED,
      {
        type: 'attempt-ended',
        at: AT,
        attempt: 1,
        outcome: 'lost',
        exitCode: null,
        message: '',
        cause: 'node',
        node: null,
        failedIn: null,
      },
      { type: 'requeued', at: AT, attempt: 1, notBefore: AT + 10, cause: 'exit', node: null },
    ]
    expect(eligibleTasks(tasks(job, failed), none, AT + 9).not.get(job.id)).toEqual({ kind: 'not-before', at: AT + 10 })
    expect(eligibleTasks(tasks(job, failed), none, AT + 10).waiting).toHaveLength(1)
  })

  it.each([
    ['ok', { done: 3 }, null],
    ['ok', { done: 2, running: 1 }, 'dependency'],
    ['ok', { done: 2, failed: 1 }, 'dependency-failed'],
    ['any', { done: 2, failed: 1 }, null],
    ['any', { waiting: 1 }, 'dependency'],
    ['ok', null, 'dependency-failed'],
    ['any', null, null],
  ] as const)('after a job (%s) that stands at %o', (on, counts, kind) => {
    const job = queuedJob({ after: [{ job: 'prep-20261123-143205-aaaa', on }] })
    const { waiting, not } = eligibleTasks(tasks(job), () => counts satisfies Counts | null, AT)
    expect(not.get(job.id)?.kind ?? null).toBe(kind)
    expect(waiting).toHaveLength(kind === null ? 1 : 0)
  })

  it('only so many of an array at once, the lowest first', () => {
    const job = queuedJob({ array: [0, 1, 2, 3], atOnce: 2 })
    const [first, ...rest] = tasks(job)
    const running = { ...first!, view: viewTask([BORN, PLACED]) }
    const { waiting, not } = eligibleTasks([...rest.toReversed(), running], none, AT)
    expect(waiting.map((one) => one.index)).toEqual([1])
    expect(not.get(`${job.id}.2`)).toEqual({ kind: 'at-once', limit: 2 })
  })
})
