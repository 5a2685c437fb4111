import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLogs } from '../../../src/app/logs/read-logs.ts'
import { runJob } from '../../../src/app/run/run-job.ts'
import { layout, segmentName } from '../../../src/core/job/layout.ts'
import { fakeOutputSink } from '../../fakes/output-sink.ts'
import { fakeServices, type FakeServices } from '../../fakes/services.ts'
import { FLEET, JOB, playNodes, scriptsRun, type PlayedJob } from './sample.ts'

let resultsFolder: string
beforeEach(async () => {
  resultsFolder = await mkdtemp(join(tmpdir(), 'muster-survivors-'))
})
afterEach(() => rm(resultsFolder, { recursive: true, force: true }))

/** A shell job on two nodes whose second node dies; `onCancel` is what the first does when it is asked to end. */
async function loseOne(onCancel: (job: PlayedJob) => Promise<void>) {
  const services: FakeServices = fakeServices()
  let first: PlayedJob | null = null
  playNodes(services, {
    program: async (job) => {
      if (first !== null) return
      first = job
      await job.print('stdout', 'half')
      await job.say({ phase: 'running' })
      services.compute.kill(services.compute.alive('hpc').toSorted()[1]!)
    },
  })
  const watch = setInterval(() => {
    if (first === null || !scriptsRun(services).includes('muster: cancel')) return
    clearInterval(watch)
    void onCancel(first)
  }, 1)
  const job = { ...JOB, launcher: 'shell' as const }
  const output = fakeOutputSink()
  const began = services.clock.now()
  const result = await runJob({ job, fleet: FLEET, keep: true, resultsFolder, output }, services).finally(() =>
    clearInterval(watch),
  )
  return { services, output, result, ms: services.clock.now() - began }
}

describe('when one of several nodes dies', () => {
  it('the others are ended, not left running, and what they wrote then still comes', async () => {
    const { services, output, result } = await loseOne(async (job) => {
      await job.print('stdout', ' and the rest')
      await job.end(143, { reason: 'cancelled' })
    })
    expect(result).toMatchObject({ outcome: 'lost', exitCode: 137 })
    expect(result.message).toMatch(
      /^node-1 died while the job was staging: instance i-\w+ is (shutting-down|terminated)/,
    )
    expect(result.message).not.toContain('node-0')
    expect(output.text()).toBe('half and the rest')
    expect(services.events.of('job.log-lost').map(({ source }) => source)).toEqual(['node-1', 'node-1'])
  })

  it('one that does not end is waited for no longer, and is not called dead', async () => {
    const { result, ms } = await loseOne(async () => undefined)
    expect(result.message).toMatch(/^node-1 died .*; node-0 did not end after that$/)
    expect(ms).toBeLessThan(120_000)
  })
})

describe('following one node of an mpi job', () => {
  it('reads that node’s ranks alone', async () => {
    const services = fakeServices()
    playNodes(services, {
      program: async (job) => {
        await job.print('stdout', 'all ranks')
        for (const rank of [0, 1, 2, 3]) {
          const bytes = Buffer.from(`rank ${rank}\n`)
          const name = segmentName({ offset: 0, length: bytes.length, sentAt: 0 })
          await services.objects.putBytes(layout.log(job.id, `rank-${rank}`, 'stdout') + name, gzipSync(bytes))
        }
        await job.end(0)
      },
    })
    await runJob({ job: JOB, fleet: FLEET, keep: false, resultsFolder, output: fakeOutputSink() }, services)
    const read = async (node: string, follow: boolean) => {
      const output = fakeOutputSink()
      await readLogs({ job: null, follow, rank: null, node, stream: null, output }, services)
      return output.text()
    }
    // Streams are read side by side while they are followed: only within each is there an order.
    const lines = async (node: string, follow: boolean) => (await read(node, follow)).trimEnd().split('\n').toSorted()
    for (const follow of [false, true]) {
      expect(await lines('node-1', follow)).toEqual(['rank 2', 'rank 3'])
      expect(await lines('node-0', follow)).toEqual(['rank 0', 'rank 1'])
    }
  })
})
