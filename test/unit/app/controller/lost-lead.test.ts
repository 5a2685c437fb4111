import { expect, it } from 'vitest'
import { workQueue } from '../../../../src/app/controller/work.ts'
import { CONTROLLER } from '../../../../src/app/queue/submit.ts'
import { fakeInterrupts } from '../../../fakes/interrupts.ts'
import { fakeServices } from '../../../fakes/services.ts'
import { playQueue, smallJob } from './played-queue.ts'

it('whoever has lost the lead lets go of the fleets too: the other could not work on them', async () => {
  const services = fakeServices()
  const { clock, queue, locks } = services
  const interrupts = fakeInterrupts()
  const { started } = playQueue(services, () => ({ exitCode: 0, afterMs: 3_600_000 }))
  const job = smallJob('long', { spec: { ...smallJob('long').spec, timeLimitS: 7200 } })
  await queue.submit([job], { type: 'submitted', at: clock.now(), held: false })
  const working = workQueue({ untilDrained: true }, { ...services, interrupts }).catch(() => undefined)
  while (started.length === 0) await clock.sleep(1000)
  expect(locks.held.get('hpc')).toBe(1)
  // As one sees it that goes on when this has slept for long.
  await queue.lease(CONTROLLER, 'elsewhere/1', 3_600_000, clock.now() + 3_600_000)
  while (services.events.of('queue.stands-by').length === 0) await clock.sleep(1000)
  await clock.sleep(60_000)
  expect(locks.held.get('hpc')).toBe(0)
  interrupts.abort()
  await working
})
