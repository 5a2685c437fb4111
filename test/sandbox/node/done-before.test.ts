import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { layout } from '../../../src/core/job/layout.ts'
import type { JobSpec } from '../../../src/core/job/spec.ts'
import { startRunsScript } from '../../../src/launch/remote/start-runs.ts'
import { until } from '../../rehearsal/until.ts'
import { offerBatch, readTasks } from './batches.ts'
import { startTestNodes, type TestNodes } from './test-node.ts'

let nodes: TestNodes
let folder: string
beforeEach(async () => {
  nodes = await startTestNodes()
  await nodes.mount('/fsx')
  folder = mkdtempSync(join(tmpdir(), 'muster-ran-'))
})
afterEach(async () => {
  const queue = join(nodes.root(0), 'var/lib/muster/queue/pid')
  if (existsSync(queue)) process.kill(-Number(readFileSync(queue, 'utf8')), 'SIGKILL')
  await nodes.close()
  rmSync(folder, { recursive: true, force: true })
})

const STORAGE = { mountPoint: '/fsx' }
const OUTPUTS = { outputs: ['out'] }

/** A program that says that it ran, leaves an output and ends with this code. */
function ran(code: number): Partial<JobSpec> {
  const text = `echo ran >>"${folder}/ran"; echo "$MUSTER_ATTEMPT" >out; exit ${code}`
  return { program: { kind: 'argv', words: ['sh', '-c', text] }, ...OUTPUTS }
}

const times = () => readFileSync(join(folder, 'ran'), 'utf8').split('\n').length - 1
const outputs = (run: string) => nodes.bucket.objects.has(layout.outputs(run, 'node-0'))

/** Runs two tasks that share the node: one succeeds, one fails. */
async function take(again: string | null) {
  const offered = await offerBatch(nodes, [ran(0), ran(3)], STORAGE, again)
  const text = startRunsScript(nodes.ctx, [{ node: 'i-0', runs: [], batches: [offered.batch], cores: 2 }])
  expect(await nodes.run(text)).toMatchObject({ code: 0, stderr: '' })
  await until('it is over', async () => readTasks(nodes, offered.batch)?.phase === 'done')
  return offered
}

describe('what was done when its node died, and nobody heard of it', () => {
  it('is not done again: the next attempt sends its outputs', async () => {
    const first = await nodes.offer(ran(0), STORAGE)
    await nodes.start(first)
    await nodes.reaches(first, 'done')
    const second = await nodes.offer(ran(0), STORAGE, 1, `${first}.a2`)
    await nodes.start(second)
    expect(await nodes.reaches(second, 'done')).toMatchObject({ exitCode: 0, message: /had done it/ })
    expect(times()).toBe(1)
    expect(outputs(second)).toBe(true)
    const third = await nodes.offer(ran(0), STORAGE, 1, `${first}.a3`)
    await nodes.start(third)
    expect(await nodes.reaches(third, 'done')).toMatchObject({ exitCode: 0 })
    expect(times()).toBe(1)
    expect(outputs(third)).toBe(true)
  })

  it('is not done again by tasks that share a node', async () => {
    const { job } = await take(null)
    expect(times()).toBe(2)
    const { batch, runs } = await take(job)
    // What failed is tried again.
    expect(times()).toBe(3)
    expect(runs.map((run) => readTasks(nodes, batch)?.tasks[run]?.exitCode)).toEqual([0, 3])
    expect(outputs(runs[0]!)).toBe(true)
  })

  it('is done again where it failed, and where only some of its nodes were through', async () => {
    const failed = await nodes.offer(ran(4), STORAGE)
    await nodes.start(failed)
    await nodes.reaches(failed, 'done')
    const again = await nodes.offer(ran(0), STORAGE, 1, `${failed}.a2`)
    await nodes.start(again)
    expect(await nodes.reaches(again, 'done')).toMatchObject({ exitCode: 0, message: '' })
    expect(times()).toBe(2)
    appendFileSync(join(nodes.root(0), 'fsx/jobs', again, 'succeeded.1'), '')
    rmSync(join(nodes.root(0), 'fsx/jobs', again, 'succeeded.0'))
    const last = await nodes.offer(ran(0), STORAGE, 1, `${failed}.a3`)
    await nodes.start(last)
    await nodes.reaches(last, 'done')
    expect(times()).toBe(3)
  })
})
