import { describe, expect, it } from 'vitest'
import { costOfJobs } from '../../../../src/app/cost/cost-of-jobs.ts'
import { readCost } from '../../../../src/app/cost/read-cost.ts'
import { workQueue } from '../../../../src/app/controller/work.ts'
import { fakeServices } from '../../../fakes/services.ts'
import { playQueue, smallJob } from '../controller/played-queue.ts'

const ALL = { of: null, since: null } as const
const HOUR = 3_600_000

/** Four tasks that are done and a job that fails twice, on a fleet that is gone by now. */
async function worked() {
  const services = fakeServices()
  playQueue(services, (run) => ({ exitCode: run.startsWith('bad') ? 7 : 0, afterMs: 60_000 }))
  const array = smallJob('array', { array: [0, 1, 2, 3] })
  const bad = smallJob('bad', { retries: { exit: 1, node: 0, spot: 0 } })
  for (const job of [array, bad]) {
    await services.queue.submit([job], { type: 'submitted', at: services.clock.now(), held: false })
  }
  await workQueue({ untilDrained: true }, services)
  return { services, array, bad }
}

describe('muster cost', () => {
  it('adds up to what the instances lived, after they are gone, and says what each job took of it', async () => {
    const { services, array, bad } = await worked()
    const lives = (await services.compute.observe('hpc')).nodes.map(({ launchedAt, endedAt }) => endedAt! - launchedAt)
    const hours = lives.reduce((sum, ms) => sum + Math.max(60_000, ms), 0) / HOUR
    const { fleets, jobs, paid } = await readCost(ALL, services)
    expect(fleets).toHaveLength(1)
    expect(fleets[0]).toMatchObject({ fleet: 'hpc', nodes: lives.length, estimated: 0, unpriced: [] })
    expect(fleets[0]!.paid.hours).toBeCloseTo(hours, 9)
    expect(paid.usd.total).toBeCloseTo(hours * 1.6832, 9)
    expect(fleets[0]!.wasted.usd.total).toBeCloseTo(paid.usd.total! - fleets[0]!.used.usd.total!, 9)
    const of = Object.fromEntries(jobs.map((job) => [job.job, job]))
    expect(of[array.id]).toMatchObject({ failed: { hours: 0 }, used: { hours: expect.closeTo(4 / 60, 1) } })
    expect(of[bad.id]!.failed.hours).toBeGreaterThanOrEqual(2 / 60)
    expect(of[bad.id]!.used.hours).toBe(0)
    expect(fleets[0]!.failed.hours).toBeCloseTo(of[bad.id]!.failed.hours, 9)
  })

  it('of a job or a task is what its nodes cost, as muster jobs says it', async () => {
    const { services, array, bad } = await worked()
    const whole = await readCost({ of: array.id, since: null }, services)
    const one = await readCost({ of: `${array.id}.2`, since: null }, services)
    expect([whole.fleets, whole.jobs.map(({ job }) => job)]).toEqual([[], [array.id]])
    expect(one.paid.hours).toBeLessThan(whole.paid.hours / 3)
    const listed = await costOfJobs([array.id, bad.id, 'other'], services)
    expect([...listed.keys()].toSorted()).toEqual([array.id, bad.id].toSorted())
    expect(listed.get(array.id)?.paid).toEqual(whole.paid)
  })

  it('of nothing that it knows names what is near', async () => {
    const { services } = await worked()
    await expect(readCost({ of: 'hpd', since: null }, services)).rejects.toMatchObject({
      code: 'JobUnknown',
      suggestions: ['muster cost hpc'],
    })
    const job = smallJob('late')
    await services.queue.submit([job], { type: 'submitted', at: 0, held: true })
    await expect(readCost({ of: job.id, since: null }, services)).rejects.toThrow(/has held no node yet/)
  })

  it('counts nothing from before it is asked for', async () => {
    const { services } = await worked()
    await services.clock.sleep(HOUR)
    expect(await readCost({ of: null, since: services.clock.now() - 1000 }, services)).toMatchObject({
      fleets: [],
      jobs: [],
    })
  })
})
