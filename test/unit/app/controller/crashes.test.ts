import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { workQueue } from '../../../../src/app/controller/work.ts'
import { fakeServices } from '../../../fakes/services.ts'
import { mortal } from './mortal.ts'
import { playQueue, smallJob } from './played-queue.ts'

/** Kills one controller after another, each at some call, and lets the last live. */
async function survive(deaths: readonly { readonly at: number; readonly when: 'before' | 'after' }[]) {
  const services = fakeServices()
  const played = playQueue(services, (run) => ({
    exitCode: run.startsWith('bad') ? 3 : 0,
    afterMs: run.startsWith('shared') ? 900 : 7_000,
  }))
  const now = services.clock.now()
  const jobs = [
    smallJob('array', { array: [0, 1, 2, 3, 4, 5] }),
    smallJob('shared', { array: Array.from({ length: 30 }, (_, index) => index), share: true }),
    smallJob('bad', { retries: { exit: 1, node: 0, spot: 0 } }),
    smallJob('last', { after: [{ job: smallJob('array').id, on: 'ok' }] }),
  ]
  for (const job of jobs) await services.queue.submit([job], { type: 'submitted', at: now, held: false })
  for (const { at, when } of deaths) {
    const one = mortal(services, at, when)
    await Promise.race([one.death, workQueue({ untilDrained: true }, one.services)])
  }
  await workQueue({ untilDrained: true }, { ...services, ...mortal(services, Infinity, 'before').services })
  const tasks = await services.queue.tasks({ fleet: null, states: null, job: null })
  return { services, played, tasks }
}

describe('controllers that are killed anywhere', () => {
  it('lose no task, start none twice, and leave nothing', async () => {
    const death = fc.record({
      at: fc.integer({ min: 1, max: 400 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(death, { minLength: 1, maxLength: 6 }), async (deaths) => {
        const { services, played, tasks } = await survive(deaths)
        expect(tasks.map(({ view }) => view.state).toSorted()).toEqual([...Array<string>(37).fill('done'), 'failed'])
        for (const { key, view } of tasks) {
          expect(view.attempts.length, JSON.stringify(view)).toBe(key.job.startsWith('bad') ? 2 : 1)
          expect(played.started.filter(({ run }) => view.attempts.some((one) => one.run === run))).toHaveLength(
            view.attempts.length,
          )
        }
        expect(played.started).toHaveLength(39)
        expect(services.compute.alive('hpc')).toEqual([])
      }),
      { numRuns: 40, timeout: 3000, interruptAfterTimeLimit: 25_000 },
    )
  })
})
