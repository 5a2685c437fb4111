import { expect, it } from 'vitest'
import { describedFleets } from '../../../../src/app/controller/described-fleets.ts'
import type { QueuedTask } from '../../../../src/core/queue/eligible.ts'
import { UNBORN } from '../../../../src/core/queue/task-view.ts'
import { smallJob } from './played-queue.ts'

const spec = (name: string, nodes: number) => ({ ...smallJob('any').description, name, nodes })

function task(fleet: string, nodes: number, submittedAt: number): QueuedTask {
  const job = { ...smallJob(`j${submittedAt}`), fleet, description: spec(fleet, nodes), submittedAt }
  return { key: { job: job.id, index: null }, view: UNBORN, job }
}

it('each fleet is as it was described last, by a job or where the queue is worked', () => {
  const standing = { since: 20, fleets: [spec('a', 1), spec('b', 2)] }
  const tasks = [task('b', 5, 30), task('a', 3, 10), task('c', 4, 10), task('b', 6, 25)]
  const described = describedFleets(tasks, standing)
  expect(Object.fromEntries([...described].map(([name, { nodes }]) => [name, nodes]))).toEqual({ a: 1, b: 5, c: 4 })
})
