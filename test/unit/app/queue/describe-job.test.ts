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
