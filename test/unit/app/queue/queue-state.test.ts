import { expect, test } from 'vitest'
import { MusterError } from '../../../../src/core/errors/muster-error.ts'
import { readQueueState } from '../../../../src/app/queue/queue-state.ts'
import { CONTROLLER } from '../../../../src/app/queue/submit.ts'
import { BORN, queuedJob } from '../../../contract/job-store/jobs.ts'
import { fakeServices } from '../../../fakes/services.ts'

test('a queue that nobody works and that is empty is not worth a line', async () => {
  const services = fakeServices()
  expect(await readQueueState(services)).toBeNull()
  await services.queue.lease(CONTROLLER, 'laptop/17', 60_000, services.clock.now())
  expect(await readQueueState(services)).toMatchObject({ worker: 'laptop/17', jobs: 0 })
})

test('jobs that have not ended are counted, and only the note of whoever works the queue now', async () => {
  const services = fakeServices()
  const { queue, clock } = services
  await queue.submit([queuedJob({ array: [0, 1] })], BORN)
  await queue.setNote('work', JSON.stringify({ holder: 'laptop/17', at: 5, fleets: [], reasons: {} }))
  expect(await readQueueState(services)).toMatchObject({ worker: null, notedAt: null, jobs: 1, tasks: { waiting: 2 } })
  await queue.lease(CONTROLLER, 'laptop/17', 60_000, clock.now())
  expect(await readQueueState(services)).toMatchObject({ worker: 'laptop/17', notedAt: 5 })
})

test('a queue that cannot be read keeps nobody from seeing what else there is', async () => {
  const services = fakeServices()
  const damaged = new MusterError('StoreDamaged', 'the queue in q.db is damaged', {
    suggestions: ['mv q.db q.db.damaged'],
  })
  const queue = { ...services.queue, jobs: () => Promise.reject(damaged) }
  expect(await readQueueState({ ...services, queue })).toBeNull()
  expect(services.events.events).toMatchObject([
    { type: 'warning', data: { message: damaged.message, hint: 'mv q.db q.db.damaged' } },
  ])
})
