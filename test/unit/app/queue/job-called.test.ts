import { expect, it } from 'vitest'
import { findTasks } from '../../../../src/app/queue/find-tasks.ts'
import { jobCalled } from '../../../../src/app/queue/job-called.ts'
import { submitToQueue } from '../../../../src/app/queue/submit.ts'
import { queuedJob } from '../../../contract/job-store/jobs.ts'
import { fakeServices } from '../../../fakes/services.ts'

const OLD = 'heat-20261122-143205-aaaa'
const NEW = 'heat-20261123-143205-bbbb'

async function queueOf(...jobs: readonly (readonly [id: string, hasEnded: boolean])[]) {
  const services = fakeServices()
  for (const [nth, [id, hasEnded]] of jobs.entries()) {
    await services.queue.submit([queuedJob({ id, submittedAt: nth })], { type: 'submitted', at: nth, held: false })
    const cancelled = { type: 'finished', at: 9, outcome: 'cancelled', exitCode: null, message: '' } as const
    if (hasEnded) await services.queue.append([{ key: { job: id, index: null }, event: cancelled, expects: 1 }], null)
  }
  return services
}

const called = async (word: string, ...jobs: readonly (readonly [id: string, hasEnded: boolean])[]) =>
  (await jobCalled(word, 'muster why', (await queueOf(...jobs)).queue))?.id ?? null

it('a job is known by its id, and by its name: the one that goes on, or else the newest', async () => {
  expect(await called(OLD, [OLD, true], [NEW, false])).toBe(OLD)
  expect(await called('heat', [OLD, true], [NEW, true])).toBe(NEW)
  expect(await called('heat', [OLD, false], [NEW, true])).toBe(OLD)
  expect(await called('hea', [OLD, true])).toBeNull()
})

it('where several of a name go on, nobody guesses', async () => {
  const { queue } = await queueOf([OLD, false], [NEW, false])
  await expect(findTasks('heat', 'muster cancel', queue)).rejects.toMatchObject({
    code: 'UsageInvalid',
    message: '2 jobs called heat have not ended: name one by its id',
    suggestions: [`muster cancel ${NEW}`, `muster cancel ${OLD}`],
  })
})

it('a job may wait for another by its name', async () => {
  const services = await queueOf([OLD, true], [NEW, false])
  const { spec, description: fleet, ...queue } = queuedJob({ after: [{ job: 'heat', on: 'ok' }] })
  const { jobs } = await submitToQueue({ jobs: [{ name: null, spec, fleet, queue }], testOnly: false }, services)
  expect((await services.queue.job(jobs[0]!.job ?? ''))?.after).toEqual([{ job: NEW, on: 'ok' }])
})
