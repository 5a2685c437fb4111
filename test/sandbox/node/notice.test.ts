import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestNodes, type TestNodes } from './test-node.ts'

/** The watchdog of a Spot node and a job that runs there, both real; the metadata service is a stub. */
const WATCHDOG = readFileSync(new URL('../../../templates/boot/watchdog.sh', import.meta.url), 'utf8').replace(
  /^spot_every_s=5$/m,
  'spot_every_s=1',
)
const NOTICE = '{"cause":"spot","node":"node-0","time":"2026-11-23T14:02:10Z"}\n'

let nodes: TestNodes
let watchdog: ChildProcess
beforeEach(async () => {
  nodes = await startTestNodes()
  const env = {
    PATH: process.env['PATH'],
    MUSTER_NODE_ROOT: nodes.root(0),
    AWS_EC2_METADATA_SERVICE_ENDPOINT: nodes.bucket.imds,
  }
  watchdog = spawn('sh', ['-c', WATCHDOG, 'watchdog.sh', '59', '0', '0'], { env, stdio: 'ignore' })
})
afterEach(async () => {
  watchdog.kill('SIGKILL')
  await nodes.close()
})

const sh = (text: string) => ({ program: { kind: 'script', text } }) as const
const takeNode = () => (nodes.bucket.spotNotice = '{"action": "terminate", "time": "2026-11-23T14:02:10Z"}')
const says = (job: string, text: string) =>
  expect.poll(() => nodes.log(job, 'stdout').toString(), { timeout: 15_000 }).toBe(text)

test('a Spot notice is a file for the job, and in its state at once', async () => {
  const job = await nodes.offer(
    sh(
      '[ ! -e "$MUSTER_NOTICE_FILE" ] && echo none; until [ -s "$MUSTER_NOTICE_FILE" ]; do sleep 0.05; done; cat "$MUSTER_NOTICE_FILE"',
    ),
  )
  await nodes.start(job)
  await says(job, 'none\n')
  takeNode()
  const state = await nodes.reaches(job, 'done')
  expect(state).toMatchObject({ exitCode: 0, notice: 'node-0 2026-11-23T14:02:10Z' })
  expect(nodes.log(job, 'stdout').toString()).toBe(`none\n${NOTICE}`)
})

test.for(['USR1', 'USR2', 'TERM', 'HUP'] as const)(
  'SIG%s goes to the processes that have a handler for it, once, and ends no other',
  async (signal) => {
    const knows = `trap 'echo told' ${signal}; echo ready; while [ ! -e end ]; do sleep 0.05; done`
    const text = `sh -c "${knows}" & sleep 300 & other=$!
until [ -s "$MUSTER_NOTICE_FILE" ]; do sleep 0.05; done
sleep 3; kill -0 $other && echo others live; touch end; wait %1`
    const job = await nodes.offer({ ...sh(text), noticeSignal: signal })
    await nodes.start(job)
    await says(job, 'ready\n')
    takeNode()
    expect(await nodes.reaches(job, 'done')).toMatchObject({ exitCode: 0 })
    expect(nodes.log(job, 'stdout').toString()).toBe('ready\ntold\nothers live\n')
  },
)

test('a job that names no signal gets none', async () => {
  const job = await nodes.offer(
    sh('trap "echo told" USR1; echo ready; until [ -s "$MUSTER_NOTICE_FILE" ]; do sleep 0.05; done; sleep 2; echo end'),
  )
  await nodes.start(job)
  await says(job, 'ready\n')
  takeNode()
  await nodes.reaches(job, 'done')
  expect(nodes.log(job, 'stdout').toString()).toBe('ready\nend\n')
})

test('a job that begins after the notice finds it', async () => {
  takeNode()
  await expect.poll(() => existsSync(`${nodes.root(0)}/run/muster/notice`), { timeout: 15_000 }).toBe(true)
  const job = await nodes.offer(
    sh('until [ -s "$MUSTER_NOTICE_FILE" ]; do sleep 0.05; done; cat "$MUSTER_NOTICE_FILE"'),
  )
  await nodes.start(job)
  await nodes.reaches(job, 'done')
  expect(nodes.log(job, 'stdout').toString()).toBe(NOTICE)
})

test('a bucket that fails keeps no job from being told', async () => {
  const job = await nodes.offer(
    sh('echo up; until [ -s "$MUSTER_NOTICE_FILE" ]; do sleep 0.05; done; touch "$MUSTER_NODE_ROOT/told"; sleep 300'),
  )
  await nodes.start(job)
  await says(job, 'up\n')
  nodes.bucket.failNext = 1_000_000
  takeNode()
  await expect.poll(() => existsSync(`${nodes.root(0)}/told`), { timeout: 15_000 }).toBe(true)
  nodes.bucket.failNext = 0
})
