import { describe, expect, it } from 'vitest'
import { describeJob } from '../../../../src/app/queue/describe-job.ts'
import { listJobs } from '../../../../src/app/queue/list-jobs.ts'
import { CONTROLLER } from '../../../../src/app/queue/submit.ts'
import { workQueue } from '../../../../src/app/controller/work.ts'
import { readCost } from '../../../../src/app/cost/read-cost.ts'
import { NO_LIMITS, type FleetLimits } from '../../../../src/core/fleet/limits.ts'
import { layout } from '../../../../src/core/job/layout.ts'
import type { TaskView } from '../../../../src/core/queue/task-view.ts'
import type { QueuedJob } from '../../../../src/core/queue/queued-job.ts'
import { sayWhy } from '../../../../src/core/queue/say-why.ts'
import { fakeServices, type FakeServices } from '../../../fakes/services.ts'
import { playQueue, smallJob } from './played-queue.ts'

/** A node costs $1.6832 an hour. */
const limited = (name: string, limits: object, more: Partial<QueuedJob> = {}): QueuedJob => {
  const job = smallJob(name, more)
  return { ...job, description: { ...job.description, limits: { ...NO_LIMITS, ...limits } } }
}

async function submitted(jobs: readonly QueuedJob[], overrides: Partial<FakeServices> = {}): Promise<FakeServices> {
  const services = fakeServices(overrides)
  await services.queue.submit(jobs, { type: 'submitted', at: services.clock.now(), held: false })
  return services
}

/** Works the queue until something is so, on the fake clock. */
async function workUntil(services: FakeServices, isSo: () => Promise<boolean>): Promise<void> {
  const working = workQueue({ untilDrained: false, fleets: [] }, services)
  let failure: unknown = null
  working.catch((error: unknown) => (failure = error))
  for (let tick = 0; !(await isSo()); tick += 1) {
    if (failure instanceof Error) throw failure
    if (tick > 20_000) throw new Error(`it never came to that: ${await services.queue.note('work')}`)
    await services.clock.sleep(500)
  }
  services.interrupts.abort()
  await expect(working).rejects.toBeDefined()
  // Whoever asks shall see what was noted while it was worked.
  await services.queue.lease(CONTROLLER, 'laptop/17', 3_600_000, services.clock.now())
}

async function why(services: FakeServices, { id }: QueuedJob) {
  const [task] = (await describeJob(id, 'muster why', services)).shown
  return sayWhy(id, task!.view, task!.reason, () => 'then')
}

const reasonOf = async (services: FakeServices, { id }: QueuedJob) =>
  (await listJobs({ fleet: null, states: null, limit: 10 }, services)).jobs.find((job) => job.id === id)?.reason

describe('a limit on an hour', () => {
  it('holds where a dearer type is taken since the first has no room, and keeps no job from the nodes that it bears', async () => {
    const jobs = ['one', 'two'].map((name) => {
      const job = limited(name, { perHour: 6 })
      return { ...job, description: { ...job.description, types: ['hpc7g.16xlarge', 'c7gn.16xlarge'] } }
    })
    const services = await submitted(jobs)
    services.compute.shortage('hpc7g.16xlarge')
    playQueue(services, () => null)
    let most = 0
    await workUntil(services, async () => {
      const alive = services.compute.alive('hpc').length
      most = Math.max(most, alive)
      return alive > 0 && (await reasonOf(services, jobs[1]!))?.kind === 'limit'
    })
    expect(services.events.of('queue.fleet-blocked')[0]?.message).toContain('limits.perHour of fleet hpc is $6.00')
    expect(most).toBe(1)
  })

  it('keeps what would exceed it waiting, with the limit, how it stands, and the key to edit', async () => {
    const small = limited('small', { perHour: 2 })
    const large = limited('large', { perHour: 2 }, { submittedAt: small.submittedAt + 1 })
    const gang: QueuedJob = { ...large, spec: { ...large.spec, nodes: 2 } }
    const services = await submitted([small, gang])
    playQueue(services, () => null)
    await workUntil(services, async () => (await reasonOf(services, gang))?.kind === 'limit')
    expect(services.compute.alive('hpc')).toHaveLength(1)
    expect(await why(services, gang)).toEqual({
      words: 'the limit of $2.00/h of fleet hpc; it now costs $1.68/h',
      next: 'raise perHour in fleets.hpc.limits of muster.yaml',
    })
  })

  it('of a project is for all of its fleets together', async () => {
    const project = { limits: { ...NO_LIMITS, perHour: 2 }, fleets: ['hpc', 'gpu'], folder: '/p' }
    const first = smallJob('first')
    const other = smallJob('other', { fleet: 'gpu', submittedAt: first.submittedAt + 1 })
    const jobs = [first, other].map((job) => ({
      ...job,
      description: { ...job.description, name: job.fleet, project },
    }))
    const services = await submitted(jobs)
    playQueue(services, () => null)
    await workUntil(services, async () => (await reasonOf(services, other))?.kind === 'limit')
    expect(services.compute.alive('gpu')).toEqual([])
    expect(await why(services, other)).toEqual({
      words: "the limit of $2.00/h of all of the project's fleets; they now cost $1.68/h",
      next: 'raise perHour in limits of muster.yaml',
    })
  })
})

describe('a limit on a job', () => {
  it('ends what runs when it is reached, and begins none of its tasks again until it is raised', async () => {
    const job = limited('array', { perJob: 0.05 }, { array: [0, 1], atOnce: 1 })
    let limits: FleetLimits = job.description
    const services = await submitted([job], { currentLimits: { of: async () => limits } })
    playQueue(services, (run) => (run.endsWith('.1') ? { exitCode: 0, afterMs: 1000 } : null))
    const view = async (index: number) => (await services.queue.task({ job: job.id, index }))!.view
    const nodesEndIt = async ({ cancelAsked, attempts: [attempt] }: TaskView) => {
      if (!cancelAsked || !attempt) return
      const state = { phase: 'done', exitCode: 143, reason: 'cancelled', logBytes: { stdout: 0, stderr: 0 } }
      await services.objects.putBytes(layout.state(attempt.run, 'node-0'), Buffer.from(JSON.stringify(state)))
    }
    await workUntil(services, async () => {
      await nodesEndIt(await view(0))
      return (await view(0)).state === 'cancelled' && (await reasonOf(services, job))?.kind === 'limit'
    })
    expect((await view(0)).message).toMatch(/^ended at the limit of \$0.05 a job of fleet hpc; it has cost \$0\.\d\d$/)
    expect((await why(services, { ...job, id: `${job.id}.0` })).next).toBe(
      `raise perJob in fleets.hpc.limits of muster.yaml, then: muster retry ${job.id}.0`,
    )
    expect((await view(1)).attempts).toEqual([])
    expect(await reasonOf(services, job)).toMatchObject({ kind: 'limit', hit: { limit: 'perJob', limitUsd: 0.05 } })
    const again = { ...services, interrupts: fakeServices().interrupts }
    await again.queue.release((await again.queue.holder(CONTROLLER, again.clock.now()))!)
    limits = { ...limits, limits: { ...NO_LIMITS, perJob: 5 } }
    await workUntil(again, async () => (await view(1)).state === 'done')
  })
})

describe('a limit on all that is spent', () => {
  it('begins nothing more on the fleet when it is reached, lets what runs end, and keeps no idle node', async () => {
    const first = limited('first', { total: 0.05 })
    const second = limited('second', { total: 0.05 }, { submittedAt: first.submittedAt + 1 })
    const late: QueuedJob = { ...second, after: [{ job: first.id, on: 'any' }] }
    const services = await submitted([first, late])
    playQueue(services, () => ({ exitCode: 0, afterMs: 300_000 }))
    await workUntil(
      services,
      async () => (await reasonOf(services, late))?.kind === 'limit' && services.compute.alive('hpc').length === 0,
    )
    const [task] = (await describeJob(first.id, 'muster job', services)).shown
    expect(task?.view.state).toBe('done')
    expect((await why(services, late)).words).toMatch(
      /^the limit of \$0.05 in all of fleet hpc; it has cost \$0\.\d\d$/,
    )
    expect((await readCost({ of: null, since: null }, services)).paid.usd.total).toBeGreaterThan(0.05)
  })
})
