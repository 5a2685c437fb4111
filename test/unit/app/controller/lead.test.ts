import { expect, it } from 'vitest'
import { workQueue } from '../../../../src/app/controller/work.ts'
import { MusterError } from '../../../../src/core/errors/muster-error.ts'
import { CONTROLLER } from '../../../../src/app/queue/submit.ts'
import { fakeServices, type FakeServices } from '../../../fakes/services.ts'
import { playQueue, smallJob } from './played-queue.ts'

/** A queue with one job, which one works until it is told to stop. */
async function worked(services: FakeServices) {
  playQueue(services, () => ({ exitCode: 0, afterMs: 30_000 }))
  const job = smallJob('one')
  await services.queue.submit([job], { type: 'submitted', at: services.clock.now(), held: false })
  const working = workQueue({ untilDrained: false }, services)
  working.catch(() => undefined)
  const state = async () => (await services.queue.task({ job: job.id, index: null }))?.view.state
  const until = async (what: () => boolean | Promise<boolean>) => {
    for (let times = 0; !(await what()); times += 1) {
      expect(times).toBeLessThan(10_000)
      await services.clock.sleep(500)
    }
  }
  return { working, state, until }
}

it('a tick that takes longer than the lease keeps the lead', async () => {
  const services = fakeServices()
  const { working, state, until } = await worked(services)
  await until(async () => (await state()) === 'running')
  let isSlow = true
  services.compute.beforeNext('observe', async () => {
    await services.clock.sleep(45_000)
    isSlow = false
  })
  const leads = async () => (await services.queue.holder(CONTROLLER, services.clock.now())) !== null
  await until(async () => {
    expect(await leads()).toBe(true)
    return !isSlow
  })
  services.interrupts.abort()
  await expect(working).rejects.toMatchObject({ code: 'Interrupted' })
})

it('waits for a new login, with one line, and goes on', async () => {
  const services = fakeServices()
  const { working, state, until } = await worked(services)
  await until(async () => (await state()) === 'running')
  const suggestions = ['aws sso login --profile lab']
  services.compute.failNext('observe', new MusterError('CredentialsExpired', 'they have expired', { suggestions }), 600)
  await until(async () => (await state()) === 'done')
  expect(services.events.of('credentials.expired')).toEqual([{ why: 'they have expired', login: suggestions[0] }])
  expect(services.events.of('credentials.renewed')).toHaveLength(1)
  services.interrupts.abort()
  await expect(working).rejects.toMatchObject({ code: 'Interrupted' })
})
