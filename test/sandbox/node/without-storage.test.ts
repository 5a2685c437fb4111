import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRealNodes, type RealNodes } from './real-nodes.ts'

/** A fleet without shared storage: every node stages for itself. And what a node's death looks like from the lead. */

let nodes: RealNodes
beforeAll(async () => {
  nodes = await startRealNodes({ kind: 'namespace', count: 2, storage: false })
  await nodes.makeReady()
})
afterAll(async () => nodes.close())

const sh = (text: string) => ({ program: { kind: 'script', text } }) as const

test('every node prepares, and every rank’s log comes', async () => {
  const job = await nodes.start({ ...sh('cat made'), prepare: { kind: 'script', text: 'uname -n > made' } })
  expect(await nodes.done(job)).toMatchObject({ exitCode: 0 })
  expect(await nodes.log(job, 'rank-0')).toBe('ip-172-31-0-5.ec2.internal\n')
  expect(await nodes.log(job, 'rank-3')).toBe('ip-172-31-0-6.ec2.internal\n')
})

test('the rank that failed is named, also on another node', async () => {
  const job = await nodes.start(sh('if [ "$MUSTER_RANK" = 3 ]; then exit 9; fi; sleep 60'))
  expect(await nodes.done(job)).toMatchObject({ exitCode: 9, message: 'rank 3 (node-1) exited with 9' })
})

test('a node that dies ends the job, which names it', async () => {
  const job = await nodes.start(sh('echo up; sleep 600'))
  await expect.poll(async () => (await nodes.log(job)).length, { timeout: 20_000 }).toBe(12)
  await nodes.kill(1)
  const state = await nodes.done(job, 50_000)
  expect(state.exitCode).toBeGreaterThan(0)
  expect(state.message).toMatch(/^node-1 \(172\.31\.0\.6\) died while the job was running/)
}, 90_000)
