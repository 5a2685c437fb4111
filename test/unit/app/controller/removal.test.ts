import { expect, it } from 'vitest'
import { workQueue } from '../../../../src/app/controller/work.ts'
import { fakeServices } from '../../../fakes/services.ts'
import { playQueue, smallJob } from './played-queue.ts'

it('begins nothing on a fleet that is being taken down: what comes then waits for the next one', async () => {
  const services = fakeServices()
  const { clock, compute, queue } = services
  const played = playQueue(services, () => ({ exitCode: 0, afterMs: 5_000 }))
  const submit = async (name: string) =>
    queue.submit([smallJob(name)], { type: 'submitted', at: clock.now(), held: false })
  await submit('early')
  let goneAt = Infinity
  // Exports, and calls that are throttled, may keep nodes up for long after their end was decided.
  compute.beforeNext('terminate', async () => {
    await submit('late')
    await clock.sleep(30_000)
    goneAt = clock.now()
  })
  await workQueue({ untilDrained: true }, services)
  const late = await queue.task({ job: smallJob('late').id, index: null })
  expect(late?.view).toMatchObject({ state: 'done', attempts: [{ attempt: 1 }] })
  expect(played.started.at(-1)?.at).toBeGreaterThan(goneAt)
})

it.each(['interrupt', 'hangup'] as const)(
  'ends after a teardown that was under way when it was to stop (%s), and not in the middle',
  async (cause) => {
    const services = fakeServices()
    const { clock, compute, interrupts, queue } = services
    playQueue(services, () => ({ exitCode: 0, afterMs: 5_000 }))
    const submitted = { type: 'submitted', at: clock.now(), held: false } as const
    await queue.submit([smallJob('done')], submitted)
    compute.beforeNext('terminate', async () => {
      interrupts.press(cause)
      await clock.sleep(30_000)
    })
    await expect(workQueue({ untilDrained: false }, services)).rejects.toMatchObject({ code: 'Interrupted' })
    expect(compute.alive('hpc')).toEqual([])
    expect(services.events.of('fleet.gone')).toHaveLength(1)
    expect(interrupts.intercepted).toBe(false)
  },
)
