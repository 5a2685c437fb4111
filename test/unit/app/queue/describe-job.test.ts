import { expect, test } from 'vitest'
import { describeJob } from '../../../../src/app/queue/describe-job.ts'
import { CONTROLLER } from '../../../../src/app/queue/submit.ts'
import { BORN, queuedJob } from '../../../contract/job-store/jobs.ts'
import { fakeServices } from '../../../fakes/services.ts'

const first = queuedJob({ id: 'a-20261123-143205-aaaa' })
const second = queuedJob({ id: 'b-20261123-143205-bbbb', array: [0, 1], after: [{ job: first.id, on: 'ok' }] })

async function twoJobs() {
  const services = fakeServices()
  await services.queue.submit([first], BORN)
  await services.queue.submit([second], BORN)
  return services
}

test('nobody works the queue: that comes before what a job waits for', async () => {
  const services = await twoJobs()
  const described = await describeJob(second.id, 'muster why', services)
  expect(described).toMatchObject({ worker: null, tasks: { waiting: 2 }, history: [] })
  expect(described.shown.map(({ reason }) => reason?.kind)).toEqual(['no-controller', 'no-controller'])
})

test('what the store knows of a wait is told, then what was noted', async () => {
  const services = await twoJobs()
  const { queue, clock } = services
  await queue.lease(CONTROLLER, 'laptop/17', 60_000, clock.now())
  await queue.setNote('work', JSON.stringify({ reasons: { [first.id]: { kind: 'nodes-coming', nodes: 2 } } }))
  const [task] = (await describeJob(`${second.id}.1`, 'muster why', services)).shown
  expect(task).toMatchObject({ name: `${second.id}.1`, reason: { kind: 'dependency', job: first.id } })
  const noted = await describeJob(first.id, 'muster why', services)
  expect(noted.shown[0]?.reason).toEqual({ kind: 'nodes-coming', nodes: 2 })
  expect(noted.history).toEqual([BORN])
  expect(noted.worker).toBe('laptop/17')
})

test('a held task says so, whoever works the queue', async () => {
  const services = await twoJobs()
  await services.queue.append(
    [{ key: { job: first.id, index: null }, event: { type: 'held', at: 1 }, expects: 1 }],
    null,
  )
  expect((await describeJob(first.id, 'muster why', services)).shown[0]?.reason).toEqual({ kind: 'held' })
})

const end = (job: string, index: number | null, outcome: 'failed' | 'cancelled') => ({
  key: { job, index },
  event: { type: 'finished', at: 9, outcome, exitCode: null, message: '' } as const,
  expects: 1,
})

test('what has to be run again before a job can be is named, the first of a chain first', async () => {
  const services = fakeServices()
  const { queue } = services
  const on = 'ok' as const
  const third = queuedJob({
    id: 'c-20261123-143205-cccc',
    after: [
      { job: second.id, on },
      { job: first.id, on },
    ],
  })
  const fourth = queuedJob({
    id: 'd-20261123-143205-dddd',
    after: [
      { job: third.id, on: 'any' },
      { job: second.id, on },
    ],
  })
  await queue.submit([first, second, third, fourth], BORN)
  const retryFirst = async (id: string) => (await describeJob(id, 'muster why', services)).retryFirst
  expect(await retryFirst(third.id)).toEqual([])
  await queue.append(
    [end(first.id, null, 'failed'), end(second.id, 1, 'cancelled'), end(third.id, null, 'cancelled')],
    null,
  )
  expect(await retryFirst(third.id)).toEqual([first.id, second.id])
  expect(await retryFirst(fourth.id)).toEqual([first.id, second.id])
  expect(await retryFirst(first.id)).toEqual([])
})
