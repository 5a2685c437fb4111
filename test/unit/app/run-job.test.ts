import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLogs } from '../../../src/app/logs/read-logs.ts'
import type { RunRequest } from '../../../src/app/requests.ts'
import { takeDown } from '../../../src/app/fleet/take-down.ts'
import { runJob } from '../../../src/app/run/run-job.ts'
import { readStatus } from '../../../src/app/status/status.ts'
import { layout } from '../../../src/core/job/layout.ts'
import { MusterError } from '../../../src/core/errors/muster-error.ts'
import { fakePrompter } from '../../fakes/prompter.ts'
import { fakeServices, type FakeServices } from '../../fakes/services.ts'
import { FLEET, JOB, playNodes, scriptsRun, type PlayedJob } from './sample.ts'

let resultsFolder: string
beforeEach(async () => {
  resultsFolder = await mkdtemp(join(tmpdir(), 'muster-results-'))
})
afterEach(() => rm(resultsFolder, { recursive: true, force: true }))

function request(overrides: Partial<RunRequest> = {}): RunRequest & { text(): string } {
  const chunks: Uint8Array[] = []
  const output = { write: async ({ bytes }: { bytes: Uint8Array }) => void chunks.push(bytes) }
  return {
    job: JOB,
    fleet: FLEET,
    keep: false,
    resultsFolder,
    output,
    ...overrides,
    text: () => Buffer.concat(chunks).toString(),
  }
}

function world(program?: (job: PlayedJob) => Promise<void>, overrides: Partial<FakeServices> = {}): FakeServices {
  const services = fakeServices(overrides)
  playNodes(services, program ? { program } : {})
  return services
}

describe('running a job', () => {
  it('streams it, keeps its log, takes everything down, and passes exit code 0 on', async () => {
    const services = world()
    const asked = request()
    const result = await runJob(asked, services)
    expect(result).toMatchObject({ outcome: 'done', exitCode: 0, kept: false })
    expect(asked.text()).toBe('hello\n')
    expect(await readFile(join(result.results!.folder, 'stdout.log'), 'utf8')).toBe('hello\n')
    expect(services.compute.alive('hpc')).toEqual([])
    expect(await services.compute.fleets()).toEqual([])
  })

  it('passes the exit code of a job that fails on, and takes the fleet down all the same', async () => {
    const services = world((job) => job.end(7, { message: 'rank 3 exited 7' }))
    expect(await runJob(request(), services)).toMatchObject({
      outcome: 'failed',
      exitCode: 7,
      message: 'rank 3 exited 7',
    })
    expect(services.compute.alive('hpc')).toEqual([])
  })

  it('starts a second job on a fleet that was kept without preparing the nodes again', async () => {
    const services = world()
    await runJob(request({ keep: true }), services)
    const before = services.remote.ran.length
    await runJob(request({ keep: true }), services)
    const comments = services.remote.ran
      .slice(before)
      .map(({ script }) => script.comment.split(' ').slice(0, 2).join(' '))
    expect(comments.filter((comment) => comment !== 'muster: renew')).toEqual(['muster: stage', 'muster: start'])
    expect(services.compute.alive('hpc')).toHaveLength(2)
  })

  it('names the node and the phase where a node dies, and takes the fleet down', async () => {
    const services = world(async (job) => {
      await job.print('stdout', 'half')
      await job.say({ phase: 'running' })
      services.compute.kill(services.compute.alive('hpc').toSorted()[0]!)
    })
    const asked = request()
    const result = await runJob(asked, services)
    expect(result).toMatchObject({ outcome: 'lost', exitCode: 137 })
    expect(result.message).toMatch(
      /^node-0 died while the job was running: instance i-\w+ is (shutting-down|terminated)/,
    )
    expect(asked.text()).toBe('half')
    expect(services.events.of('job.log-lost')).toContainEqual(expect.objectContaining({ stream: 'stdout', atByte: 4 }))
    expect(services.compute.alive('hpc')).toEqual([])
  })

  it('refuses more tasks than cores before anything is made', async () => {
    const services = world()
    await expect(runJob(request({ job: { ...JOB, tasksPerNode: 65 } }), services)).rejects.toMatchObject({
      code: 'UsageInvalid',
    })
    expect(services.compute.calls.map((call) => call.name)).toEqual(['facts'])
    expect(await readdir(resultsFolder)).toEqual([])
  })

  it('never shows environment values in the record that people read', async () => {
    const services = world()
    const { job } = await runJob(request(), services)
    const record = await services.objects.getBytes(layout.record(job))
    expect(Buffer.from(record!).toString()).toContain('"TOKEN":"***"')
    expect(services.remote.ran.some(({ script }) => script.text.includes('secret'))).toBe(false)
  })
})

const pressing =
  (services: () => FakeServices, cause: 'interrupt' | 'hangup', later: (job: PlayedJob) => Promise<void>) =>
  async (job: PlayedJob) => {
    await job.say({ phase: 'running' })
    services().interrupts.press(cause)
    await later(job)
  }

describe('a press while the job runs', () => {
  it('cancels where the user says so: the node is asked to end it, and the fleet goes', async () => {
    let stop: (() => void) | undefined
    const cancelled = new Promise<void>((resolve) => {
      stop = resolve
    })
    const services: FakeServices = world(
      pressing(
        () => services,
        'interrupt',
        async (job) => {
          await cancelled
          await job.end(143, { reason: 'cancelled' })
        },
      ),
      { prompter: fakePrompter(['cancel']) },
    )
    services.remote.beforeNext('run', () => undefined)
    const watch = setInterval(() => scriptsRun(services).includes('muster: cancel') && stop?.(), 5)
    const result = await runJob(request(), services).finally(() => clearInterval(watch))
    expect(result).toMatchObject({ outcome: 'cancelled', exitCode: 143 })
    expect(services.compute.alive('hpc')).toEqual([])
  })

  it('waits for a cloud that does not answer for a while, and neither ends the job nor reads a byte twice', async () => {
    const services: FakeServices = world(async (job) => {
      await job.print('stdout', 'one\n')
      services.objects.failNext('getBytes', new MusterError('CloudUnreachable', 'cannot reach the cloud'), 5)
      await services.clock.sleep(1000)
      await job.print('stdout', 'two\n')
      await job.end(0)
    })
    const asked = request()
    expect(await runJob(asked, services)).toMatchObject({ outcome: 'done', exitCode: 0 })
    expect(asked.text()).toBe('one\ntwo\n')
    expect(services.events.of('warning')).toMatchObject([
      { message: 'cannot reach the cloud; asking until it answers' },
      { message: expect.stringContaining('answers again') },
    ])
    expect(scriptsRun(services)).not.toContain('muster: cancel')
  })

  it('leaves job and fleet alone where it has lost sight of them for good, and says how to find them', async () => {
    const services: FakeServices = world(async (job) => {
      await job.say({ phase: 'running' })
      services.objects.failNext('getBytes', new MusterError('CloudUnreachable', 'cannot reach the cloud'), 500)
    })
    await expect(runJob(request(), services)).rejects.toMatchObject({
      code: 'CloudUnreachable',
      message: expect.stringMatching(/^lost sight of job hello-.*: cannot reach the cloud$/),
      suggestions: ['muster sandbox status', expect.stringMatching(/^muster logs hello-.* -f$/), 'muster down hpc'],
    })
    expect(services.compute.alive('hpc')).toHaveLength(2)
  })

  it('withdraws a question that nobody answers when the job has ended, and takes the fleet down', async () => {
    const services: FakeServices = world(
      pressing(
        () => services,
        'interrupt',
        async (job) => job.end(0),
      ),
      {
        prompter: {
          ...fakePrompter(['cancel']),
          choose: (_question, _choices, unattended, withdrawn) =>
            new Promise((resolve) => withdrawn?.addEventListener('abort', () => resolve(unattended))),
        },
      },
    )
    expect(await runJob(request(), services)).toMatchObject({ outcome: 'done', exitCode: 0, kept: false })
    expect(services.compute.alive('hpc')).toEqual([])
    expect(scriptsRun(services)).not.toContain('muster: cancel')
  })

  it('leaves job and fleet alone where the user detaches, or the terminal hangs up', async () => {
    for (const [cause, prompter] of [
      ['interrupt', fakePrompter(['detach'])],
      ['hangup', fakePrompter()],
    ] as const) {
      const services: FakeServices = world(
        pressing(
          () => services,
          cause,
          async () => undefined,
        ),
        { prompter },
      )
      const result = await runJob(request(), services)
      expect(result).toMatchObject({ outcome: 'detached', exitCode: 8, kept: true })
      expect(services.compute.alive('hpc')).toHaveLength(2)
      expect(scriptsRun(services)).not.toContain('muster: cancel')
    }
  })
})

describe('what is left to read', () => {
  it('is the whole log and the exit code after the fleet is gone', async () => {
    const services = world(async (job) => {
      await job.print('stdout', 'out')
      await job.print('stderr', 'err')
      await job.end(3)
    })
    const { job } = await runJob(request(), services)
    const asked = request()
    const logs = await readLogs(
      { job: null, follow: false, rank: null, node: null, stream: 'stderr', output: asked.output },
      services,
    )
    expect(logs).toEqual({ job, exitCode: 3 })
    expect(asked.text()).toBe('err')
    const status = await readStatus(services)
    expect(status).toMatchObject({ fleets: [], jobs: [{ id: job, phase: 'done', exitCode: 3 }] })
  })

  it('calls a job lost that had not ended when its nodes went', async () => {
    const services: FakeServices = world(async (job) => {
      await job.say({ phase: 'running' })
      services.interrupts.press('hangup')
    })
    const { job } = await runJob(request(), services)
    expect((await readStatus(services)).jobs).toMatchObject([{ id: job, phase: 'running' }])
    await takeDown('hpc', services)
    expect((await readStatus(services)).jobs).toMatchObject([{ id: job, phase: 'lost', exitCode: null }])
  })

  it('is an error with the nearest id for a job that does not exist', async () => {
    const services = world()
    const { job } = await runJob(request(), services)
    const wrong = `${job.slice(0, -1)}!`
    const reading = readLogs(
      { job: wrong, follow: false, rank: null, node: null, stream: null, output: request().output },
      services,
    )
    await expect(reading).rejects.toMatchObject({ code: 'JobUnknown', suggestions: [`muster logs ${job}`] })
  })
})
