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

test('a notice on another node is told on each: they share no file', async () => {
  const job = await nodes.start({
    ...sh('trap "cat $MUSTER_NOTICE_FILE; exit 0" USR1; echo up; while :; do sleep 0.1; done'),
    noticeSignal: 'USR1',
  })
  await expect.poll(async () => (await nodes.log(job)).length, { timeout: 20_000 }).toBe(12)
  const forget = nodes.notify(1, '2026-11-23T14:02:10Z')
  expect(await nodes.done(job, 50_000)).toMatchObject({ exitCode: 0, notice: 'node-1 2026-11-23T14:02:10Z' })
  await forget()
  const notice = '{"cause":"spot","node":"node-1","time":"2026-11-23T14:02:10Z"}\n'
  expect(await nodes.log(job)).toBe('up\n'.repeat(4) + notice.repeat(4))
}, 90_000)

test('every rank knows the folder that stays for the next attempt, and may write there', async () => {
  const text = 'echo "$MUSTER_RANK" >"$MUSTER_CHECKPOINT_DIR/rank.$MUSTER_RANK"; echo "$MUSTER_CHECKPOINT_DIR"'
  const job = await nodes.start(sh(text), {}, { checkpoint: 'sweep/checkpoint/3' })
  expect(await nodes.done(job)).toMatchObject({ exitCode: 0 })
  expect(await nodes.log(job)).toBe('/var/lib/muster/jobs/sweep/checkpoint/3\n'.repeat(4))
  const { stdout } = await nodes.run('ls /var/lib/muster/jobs/sweep/checkpoint/3', 1)
  expect(stdout).toBe('rank.2\nrank.3\n')
})

test('a node that dies ends the job, which names it', async () => {
  const job = await nodes.start(sh('echo up; sleep 600'))
  await expect.poll(async () => (await nodes.log(job)).length, { timeout: 20_000 }).toBe(12)
  await nodes.kill(1)
  const state = await nodes.done(job, 50_000)
  expect(state.exitCode).toBeGreaterThan(0)
  expect(state.message).toMatch(/^node-1 \(172\.31\.0\.6\) died while the job was running/)
}, 90_000)
