import { expect, it } from 'vitest'
import { awaitChange } from '../../../../src/app/controller/await-change.ts'
import { BORN, queuedJob } from '../../../contract/job-store/jobs.ts'
import { fakeServices } from '../../../fakes/services.ts'

const never = new AbortController().signal

/** How long was waited, on the fake clock; `meanwhile` happens after so long. */
async function waited(afterMs: number, cloud: 'sandbox' | 'aws', before = false): Promise<number> {
  const services = fakeServices()
  const began = services.clock.now()
  const seen = await services.queue.revision()
  const submit = async () => services.queue.submit([queuedJob()], BORN)
  if (before) await submit()
  else void services.clock.sleep(afterMs).then(submit)
  await awaitChange(seen, { ...services, cloud: { ...services.cloud, name: cloud } }, never)
  return services.clock.now() - began
}

it('what is submitted does not wait for the whole pause', async () => {
  expect(await waited(2100, 'aws')).toBe(2250)
  expect(await waited(150, 'sandbox')).toBe(200)
})

it('what came while the last tick was at work is seen at once, and AWS is not asked faster than once a second', async () => {
  expect(await waited(0, 'sandbox', true)).toBe(100)
  expect(await waited(0, 'aws', true)).toBe(1000)
})

it('without a change the next look comes after the whole pause', async () => {
  expect(await waited(60_000, 'aws')).toBe(5000)
})
