import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { submitToQueue, type JobToSubmit } from '../../../../src/app/queue/submit.ts'
import { jobIds } from '../../../../src/core/job/id.ts'
import { fakeServices, type FakeServices } from '../../../fakes/services.ts'
import { queuedJob } from '../../../contract/job-store/jobs.ts'

const ALL = { fleet: null, states: null, limit: 99 }

/** A job of a batch that waits for others of it. */
function one(name: string | null, after: readonly string[] = [], spec: Partial<JobToSubmit['spec']> = {}): JobToSubmit {
  const { spec: known, description: fleet, ...queue } = queuedJob()
  return {
    name,
    spec: { ...known, name: 'same', ...spec },
    fleet,
    queue: { ...queue, after: after.map((job) => ({ job, on: 'ok' })) },
  }
}

const queued = async ({ queue }: FakeServices) => (await queue.jobs(ALL)).map(({ job }) => job).toReversed()

it('jobs of one file wait for each other by their ids, whatever their names, and come in its order', async () => {
  const services = fakeServices()
  await services.queue.submit([queuedJob()], { type: 'submitted', at: 0, held: false })
  const jobs = [one('build'), one('mesh', ['build']), one('report', ['mesh', 'build', queuedJob().id])]
  const result = await submitToQueue({ jobs, testOnly: false }, services)
  const [build = '', mesh = '', report = ''] = result.jobs.map(({ job }) => job)
  expect(new Set([build, mesh, report]).size).toBe(3)
  const ours = (await queued(services)).filter(({ id }) => id !== queuedJob().id)
  expect(ours.map(({ id, after }) => [id, after.map(({ job }) => job)])).toEqual([
    [build, []],
    [mesh, [build]],
    [report, [mesh, build, queuedJob().id]],
  ])
})

it('where one of them cannot be, none is taken', async () => {
  const services = fakeServices()
  const refused = async (bad: JobToSubmit) => submitToQueue({ jobs: [one('good'), bad], testOnly: false }, services)
  await expect(refused(one('large', [], { nodes: 2000 }))).rejects.toThrow(/^job large needs 2000 nodes/)
  await expect(refused(one('late', ['nobody-20261123-143205-k7f2']))).rejects.toMatchObject({ code: 'JobUnknown' })
  await expect(refused(one('empty', [], { workdir: '/nowhere' }))).rejects.toMatchObject({ code: 'TransferFailed' })
  expect(await queued(services)).toEqual([])
})

it('a folder that several have goes up once, and with --test-only not at all', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-submit-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'a'), 'a')
  const services = fakeServices()
  const jobs = [one('a', [], { workdir: folder }), one('b', [], { workdir: folder }), one('c')]
  const asked = await submitToQueue({ jobs, testOnly: true }, services)
  expect(asked.jobs.map(({ job }) => job)).toEqual([null, null, null])
  expect(await queued(services)).toEqual([])
  await submitToQueue({ jobs, testOnly: false }, services)
  const [a, b, c] = await queued(services)
  expect(a?.archive).toMatch(/\.tar\.gz$/)
  expect([b?.archive, c?.archive]).toEqual([a?.archive, null])
  expect(services.events.events.filter(({ type }) => type === 'transfer.done')).toHaveLength(1)
})

function spot(job: JobToSubmit, more: Partial<JobToSubmit['fleet']>): JobToSubmit {
  return { ...job, fleet: { ...job.fleet, capacity: ['spot', 'on-demand'], ...more } }
}

it('that Spot nodes without storage keep nothing for the next attempt is said once a fleet', async () => {
  const services = fakeServices()
  const jobs = [one('a'), spot(one('b'), {})]
  await submitToQueue({ jobs, testOnly: false }, services)
  expect(services.events.of('warning')).toEqual([])
  await submitToQueue(
    { jobs: [spot(one('c'), { storage: null }), spot(one('d'), { storage: null })], testOnly: false },
    services,
  )
  expect(services.events.of('warning')).toHaveLength(1)
  expect(services.events.of('warning')[0]?.message).toMatch(/^fleet hpc takes Spot nodes and has no storage/)
})

it('ids of one request are all different, at the end of the range too', () => {
  const ids = jobIds(
    Array.from({ length: 5000 }, () => 'same'),
    0,
    0.9999999,
  )
  expect(new Set(ids).size).toBe(5000)
})
