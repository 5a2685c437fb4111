import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runJob } from '../../../src/app/run/run-job.ts'
import { fakeOutputSink } from '../../fakes/output-sink.ts'
import { fakeServices } from '../../fakes/services.ts'
import { FLEET, JOB, playNodes, scriptsRun } from './sample.ts'

let resultsFolder: string
beforeEach(async () => {
  resultsFolder = await mkdtemp(join(tmpdir(), 'muster-runner-'))
})
afterEach(() => rm(resultsFolder, { recursive: true, force: true }))

/** A job whose runner goes silent while its node lives; `word` is what the node says of it when it is asked. */
async function goSilent(word: string, spotAt: string | null = null) {
  const services = fakeServices()
  playNodes(services, {
    program: async (job) => {
      const notice = spotAt === null ? {} : { notice: `node-1 ${spotAt}` as never }
      await job.say({ phase: 'running', ...notice })
      if (word !== 'dead') setTimeout(() => void job.end(0), 50)
    },
    status: word,
  })
  const output = fakeOutputSink()
  const result = await runJob({ job: JOB, fleet: FLEET, keep: true, resultsFolder, output }, services)
  return { services, result }
}

it('a runner that was killed by itself ends the job as lost, once its node has said so, and what it left is ended', async () => {
  const { services, result } = await goSilent('dead')
  expect(result).toMatchObject({ outcome: 'lost', exitCode: 137 })
  expect(result.message).toBe('node-0 lives, but what runs the job there was killed')
  expect(scriptsRun(services)).toContain('muster: status')
  expect(scriptsRun(services)).toContain('muster: cancel')
})

it('one that is only silent ends nothing', async () => {
  const { services, result } = await goSilent('running')
  expect(result).toMatchObject({ outcome: 'done', exitCode: 0 })
  expect(scriptsRun(services)).not.toContain('muster: cancel')
})

it('a Spot notice is told once, with the node and the time', async () => {
  const { services } = await goSilent('running', '2026-11-23T14:02:10Z')
  expect(services.events.of('node.reclaimed')).toEqual([
    { job: expect.any(String), node: 'node-1', at: Date.parse('2026-11-23T14:02:10Z') },
  ])
})
