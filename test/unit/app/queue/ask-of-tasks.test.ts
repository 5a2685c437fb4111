import { expect, test } from 'vitest'
import { askOfTasks } from '../../../../src/app/queue/ask-of-tasks.ts'
import { changeTasks } from '../../../../src/app/queue/change-tasks.ts'
import { listJobs } from '../../../../src/app/queue/list-jobs.ts'
import { CONTROLLER } from '../../../../src/app/queue/submit.ts'
import { hasEnded } from '../../../../src/core/queue/task-view.ts'
import type { TaskEvent } from '../../../../src/core/queue/task-event.ts'
import { BORN, queuedJob } from '../../../contract/job-store/jobs.ts'
import { fakeServices } from '../../../fakes/services.ts'

const PLACED: TaskEvent = { type: 'placed', at: 10, attempt: 1, run: 'r', cohort: 'c', nodes: [] }
const FAILED: TaskEvent = { type: 'finished', at: 20, outcome: 'failed', exitCode: 3, message: '' }
const job = queuedJob({ array: [0, 1, 2] })

/** Task 0 waits, task 1 is on nodes, task 2 has failed. */
async function queueOfThree() {
  const services = fakeServices()
  const { queue } = services
  await queue.submit([job], BORN)
  const at = (index: number) => ({ key: { job: job.id, index }, expects: 1 })
  await queue.append(
    [
      { ...at(1), event: PLACED },
      { ...at(2), event: FAILED },
    ],
    null,
  )
  const states = async () =>
    (await queue.tasks({ fleet: null, states: null, job: job.id })).map(({ view }) => view.state)
  const views = async () => (await queue.tasks({ fleet: null, states: null, job: job.id })).map(({ view }) => view)
  return { services, queue, states, views }
}

test('without anybody who works the queue what waits is cancelled at once, and what is on nodes is asked for', async () => {
  const { services, states, views } = await queueOfThree()
  const result = await askOfTasks('cancel', job.id, services)
  expect(result).toMatchObject({ changed: 2, onNodes: 1, left: { failed: 1 }, isWorked: false })
  expect(await states()).toEqual(['cancelled', 'placed', 'failed'])
  expect((await views())[1]?.cancelAsked).toBe(true)
  expect(await askOfTasks('cancel', null, services)).toMatchObject({ changed: 0, left: { placed: 1 } })
})

test('whoever works the queue ends what waits itself', async () => {
  const { services, queue, states, views } = await queueOfThree()
  await queue.lease(CONTROLLER, 'host/1', 60_000, services.clock.now())
  expect(await askOfTasks('cancel', `${job.id}.0`, services)).toMatchObject({ changed: 1, onNodes: 0, isWorked: true })
  expect(await states()).toEqual(['waiting', 'placed', 'failed'])
  expect((await views()).map((view) => view.cancelAsked)).toEqual([true, false, false])
})

test('retry, hold and release change what they can, and say what they left', async () => {
  const { services, states } = await queueOfThree()
  expect(await askOfTasks('retry', job.id, services)).toMatchObject({ changed: 1, left: { waiting: 1, placed: 1 } })
  expect(await askOfTasks('hold', job.id, services)).toMatchObject({ changed: 2, left: { placed: 1 } })
  expect(await states()).toEqual(['held', 'placed', 'held'])
  expect(await askOfTasks('release', `${job.id}.2`, services)).toMatchObject({ changed: 1 })
  expect(await states()).toEqual(['held', 'placed', 'waiting'])
})

test('a job that is named is said by its id', async () => {
  const { services } = await queueOfThree()
  expect(await askOfTasks('hold', 'heat', services)).toMatchObject({ name: job.id })
  expect(await askOfTasks('release', 'heat.1', services)).toMatchObject({ name: `${job.id}.1` })
})

test('an unknown id is refused with the nearest, an unknown task with those that there are', async () => {
  const { services } = await queueOfThree()
  await expect(askOfTasks('hold', job.id.slice(0, -1), services)).rejects.toMatchObject({
    code: 'JobUnknown',
    suggestions: [`muster hold ${job.id}`],
  })
  await expect(askOfTasks('hold', 'heat-2026', services)).rejects.toMatchObject({
    suggestions: [`muster hold ${job.id}`],
  })
  await expect(askOfTasks('hold', '', services)).rejects.toMatchObject({ message: 'no job was named' })
  await expect(askOfTasks('hold', `${job.id}.7`, services)).rejects.toMatchObject({
    message: `${job.id} has no task 7; its 3 tasks are 0 to 2`,
  })
  await expect(askOfTasks('hold', '../x', services)).rejects.toMatchObject({ code: 'JobUnknown' })
})

test('a task that another writer changed meanwhile is decided anew', async () => {
  const { services, queue } = await queueOfThree()
  const seen = await queue.tasks({ fleet: null, states: ['waiting'], job: job.id })
  await queue.append([{ key: { job: job.id, index: 0 }, expects: 1, event: PLACED }], null)
  const { changed } = await changeTasks(
    seen,
    ({ state }) => ({ type: state === 'waiting' ? 'held' : 'cancel-asked', at: 30 }),
    services,
  )
  expect(changed.map(({ event }) => event.type)).toEqual(['cancel-asked'])
  expect((await queue.history({ job: job.id, index: 0 })).map(({ type }) => type)).toEqual([
    'submitted',
    'placed',
    'cancel-asked',
  ])
})

test('what others have ended meanwhile is left as it stands now, not as it was first seen', async () => {
  const { services, queue } = await queueOfThree()
  const seen = await queue.tasks({ fleet: null, states: ['waiting'], job: job.id })
  await queue.append([{ key: { job: job.id, index: 0 }, expects: 1, event: FAILED }], null)
  const { changed, left } = await changeTasks(
    seen,
    (view) => (hasEnded(view) ? null : { type: 'held', at: 30 }),
    services,
  )
  expect([changed.length, left.map(({ view }) => view.state)]).toEqual([0, ['failed']])
})

test('the tasks of several very large arrays are cancelled, some at a time', async () => {
  const { queue, ...services } = fakeServices()
  const array = Array.from({ length: 100_000 }, (_, index) => index)
  await queue.submit([queuedJob({ array }), queuedJob({ id: 'b-20261123-143206-aaaa', array })], BORN)
  let most = 0
  const watched: typeof queue = {
    ...queue,
    append: (changes, lease) => {
      most = Math.max(most, changes.length)
      return queue.append(changes, lease)
    },
  }
  expect(await askOfTasks('cancel', null, { ...services, queue: watched })).toMatchObject({
    changed: 200_000,
    left: {},
  })
  expect(most).toBeLessThanOrEqual(1000)
})

test('jobs are listed with what the store knows of them, and more are told of', async () => {
  const { services, queue } = await queueOfThree()
  const request = { fleet: null, states: null, limit: 1 }
  const [listed] = (await listJobs(request, services)).jobs
  expect(listed).toMatchObject({
    id: job.id,
    tasks: { waiting: 1, placed: 1, failed: 1 },
    reason: { kind: 'no-controller' },
    endedAt: null,
  })
  await queue.submit([queuedJob({ id: 'b-20261123-143206-aaaa', submittedAt: job.submittedAt + 1 })], {
    type: 'submitted',
    at: 0,
    held: true,
  })
  const two = await listJobs(request, services)
  expect(two).toMatchObject({
    hasMore: true,
    worker: null,
    jobs: [{ id: 'b-20261123-143206-aaaa', reason: { kind: 'held' } }],
  })
})
