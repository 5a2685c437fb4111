import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fetchResultsAgain } from '../../../src/app/run/results-again.ts'
import { keepLog } from '../../../src/app/run/keep-log.ts'
import { runJob } from '../../../src/app/run/run-job.ts'
import { fakeServices } from '../../fakes/services.ts'
import { FLEET, JOB, playNodes, type PlayedJob } from './sample.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-results-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const nowhere = { write: async () => undefined }

function world(program: (job: PlayedJob) => Promise<void>) {
  const services = fakeServices()
  playNodes(services, { program })
  const run = () =>
    runJob({ job: JOB, fleet: FLEET, keep: false, resultsFolder: join(folder, 'results'), output: nowhere }, services)
  return { services, run }
}

/** A file on a disk that is full for real. */
async function fillUp(job: PlayedJob): Promise<void> {
  await mkdir(join(folder, 'results', job.id), { recursive: true })
  await symlink('/dev/full', join(folder, 'results', job.id, 'stdout.log'))
}

describe('a full disk where the results go', () => {
  it('fails the command after the job, takes the fleet down, and names the way to everything', async () => {
    const { services, run } = world(async (job) => {
      await fillUp(job)
      await job.print('stdout', 'hello\n')
      await job.end(0)
    })
    const error: unknown = await run().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'DiskFull' })
    const { message, suggestions } = error as { message: string; suggestions: string[] }
    expect(message).toMatch(/no space is left .* stay in the bucket$/)
    expect(suggestions[0]).toMatch(/^muster results hello-\S+ --into FOLDER$/)
    expect(services.compute.alive('hpc')).toEqual([])
    expect(services.events.of('job.ended')).toHaveLength(1)

    const again = await fetchResultsAgain({ job: null, into: join(folder, 'elsewhere') }, services)
    expect(again).toMatchObject({ exitCode: 0, files: 1 })
    expect(await readFile(join(again.folder, 'stdout.log'), 'utf8')).toBe('hello\n')
  })
})

describe('fetching results again', () => {
  it('is refused while the job runs', async () => {
    const refusals: unknown[] = []
    const { services, run } = world(async (job) => {
      await job.say({ phase: 'running' })
      refusals.push(await fetchResultsAgain({ job: job.id, into: folder }, services).catch((error: unknown) => error))
      await job.end(0)
    })
    const { job } = await run()
    expect(refusals).toEqual([expect.objectContaining({ code: 'JobStillRunning', exitCode: 8 })])
    expect((refusals[0] as { suggestions: string[] }).suggestions).toEqual([`muster logs ${job} -f`])
  })

  it('gives what there is of a job whose node died without a word', async () => {
    const { services, run } = world(async (job) => {
      await job.print('stdout', 'half')
      await job.say({ phase: 'running' })
      services.compute.kill(services.compute.alive('hpc').toSorted()[0]!)
    })
    await run()
    await services.clock.sleep(61_000)
    const again = await fetchResultsAgain({ job: null, into: join(folder, 'again') }, services)
    expect(again).toMatchObject({ exitCode: 137, files: 1 })
    expect(await readFile(join(again.folder, 'stdout.log'), 'utf8')).toBe('half')
    expect(services.events.of('warning')).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/^node-0 never said/) as string }),
    )
  })
})

describe('the log on this machine', () => {
  it('is written without leaving a listener behind for every piece', async () => {
    const warnings: string[] = []
    const listen = (warning: Error) => void warnings.push(warning.name)
    process.on('warning', listen)
    const log = await keepLog(folder, false, nowhere)
    for (let at = 0; at < 3 * EventEmitter.defaultMaxListeners; at += 1) {
      const bytes = new Uint8Array(100_000)
      await log.write({ source: 'node-0', stream: 'stdout', bytes, offset: at * bytes.length, sentAt: 0 })
    }
    expect(await log.close()).toBe(1)
    process.off('warning', listen)
    expect(warnings).toEqual([])
  })
})
