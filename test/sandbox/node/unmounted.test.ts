import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startRunsScript } from '../../../src/launch/remote/start-runs.ts'
import { verifyScript } from '../../../src/launch/remote/verify-script.ts'
import { offerBatch } from './batches.ts'
import { startTestNodes, type TestNodes } from './test-node.ts'

const STORAGE = { mountPoint: '/fsx' }
const GONE = 'the storage is not mounted on /fsx any more'

let nodes: TestNodes
beforeEach(async () => {
  nodes = await startTestNodes()
  await nodes.mount('/fsx')
  // What a file system that was taken off leaves: the folder below it.
  await rm(join(nodes.root(0), 'fsx'))
})
afterEach(() => nodes.close())

test('a job does not begin where its storage is not mounted any more', async () => {
  const job = await nodes.offer({}, STORAGE)
  await nodes.start(job)
  expect(await nodes.reaches(job, 'done')).toMatchObject({ reason: 'staging-failed', message: `muster: ${GONE}` })
})

test('nor does a task that shares a node', async () => {
  const { batch } = await offerBatch(nodes, [{}], STORAGE)
  const text = startRunsScript(nodes.ctx, [{ node: 'i-0', runs: [], batches: [batch], cores: 2 }])
  expect(await nodes.run(text)).toMatchObject({ code: 52, stderr: expect.stringContaining(GONE) })
})

test('the check of a node says so', async () => {
  const check = { leadId: 'i-0', hosts: [], mountPoint: '/fsx', efaInterfaces: 0 }
  expect(await nodes.run(verifyScript(nodes.ctx, check))).toMatchObject({
    code: 40,
    stderr: expect.stringContaining(GONE),
  })
})
