import { expect, it } from 'vitest'
import { workQueue } from '../../../../src/app/controller/work.ts'
import { watchStalls } from '../../../../src/app/controller/stalls.ts'
import { fakeServices } from '../../../fakes/services.ts'
import { playQueue, smallJob } from './played-queue.ts'

it('a task is stalled where its node has said the same for a minute, and once a minute', async () => {
  const { clock } = fakeServices()
  const stalls = watchStalls(clock)
  expect(stalls.isStalled('a')).toBe(false)
  stalls.heard('a', 5)
  await clock.sleep(59_000)
  expect(stalls.isStalled('a')).toBe(false)
  stalls.heard('a', 5)
  await clock.sleep(1000)
  expect([stalls.isStalled('a'), stalls.isStalled('a')]).toEqual([true, false])
  stalls.heard('a', 6)
  await clock.sleep(59_000)
  expect(stalls.isStalled('a')).toBe(false)
})

it('a node whose tasks have gone silent is told of them again, though they had begun', async () => {
  const services = fakeServices()
  const { handed } = playQueue(services, () => ({ exitCode: 0, afterMs: 200_000 }))
  const job = smallJob('shared', { array: [0, 1], share: true, spec: { ...smallJob('shared').spec, timeLimitS: 900 } })
  await services.queue.submit([job], { type: 'submitted', at: services.clock.now(), held: false })
  await workQueue({ untilDrained: true }, services)
  const [first = 0, second = 0] = handed
  expect(second - first).toBeGreaterThanOrEqual(60_000)
  const tasks = await services.queue.tasks({ fleet: null, states: ['done'], job: job.id })
  expect(tasks.map(({ view }) => view.attempts.length)).toEqual([1, 1])
})
