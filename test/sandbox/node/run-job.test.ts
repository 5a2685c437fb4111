import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  cancelJobScript,
  jobStatusScript,
  parseJobStatus,
  stageJobScript,
  startJobScript,
} from '../../../src/launch/remote/job-scripts.ts'
import { startTestNodes, type TestNodes } from './test-node.ts'

let nodes: TestNodes
beforeEach(async () => {
  nodes = await startTestNodes()
})
afterEach(async () => nodes.close())

const sh = (text: string) => ({ program: { kind: 'script', text } }) as const

/** Processes of the job that still run, by the mark in their environment. */
function marked(job: string): string[] {
  const text = `grep -lszxF MUSTER_JOB_ID=${job} /proc/[0-9]*/environ || :`
  return execFileSync('sh', ['-c', text])
    .toString()
    .trim()
    .split('\n')
    .filter((line) => line !== '')
}

test('a program runs, and its streams, exit code and sizes arrive', async () => {
  const job = await nodes.offer(sh('echo out; echo err >&2; exit 3'))
  await nodes.start(job)
  const state = await nodes.reaches(job, 'done')
  expect(state).toMatchObject({ exitCode: 3, reason: 'exited', message: '', logBytes: { stdout: 4, stderr: 4 } })
  expect(nodes.log(job, 'stdout').toString()).toBe('out\n')
  expect(nodes.log(job, 'stderr').toString()).toBe('err\n')
})

test('output appears while the program runs, from the first byte, and all of it once', async () => {
  const job = await nodes.offer(sh('printf first; sleep 1.5; printf " last"; exec sleep 60'))
  await nodes.start(job)
  await nodes.reaches(job, 'running')
  await expect.poll(() => nodes.log(job, 'stdout').toString(), { timeout: 3000 }).toBe('first')
  await expect.poll(() => nodes.log(job, 'stdout').toString(), { timeout: 5000 }).toBe('first last')
})

test('a word that is no program: exit 127 and the shell’s own message', async () => {
  const job = await nodes.offer({ program: { kind: 'argv', words: ['no such $(thing)'] } })
  await nodes.start(job)
  const state = await nodes.reaches(job, 'done')
  expect(state.exitCode).toBe(127)
  expect(state.message).toContain('no such $(thing): not found')
})

test('a signal is 128 and its number', async () => {
  const job = await nodes.offer(sh('kill -SEGV $$'))
  await nodes.start(job)
  expect(await nodes.reaches(job, 'done')).toMatchObject({ exitCode: 139, reason: 'exited' })
})

test('prepare runs first, in the log; where it fails the program never starts', async () => {
  const spec = { ...sh('cat made'), prepare: { kind: 'script', text: 'echo preparing; echo it > made' } } as const
  const job = await nodes.offer(spec)
  await nodes.start(job)
  expect(await nodes.reaches(job, 'done')).toMatchObject({ exitCode: 0 })
  expect(nodes.log(job, 'stdout').toString()).toBe('preparing\nit\n')

  const bad = await nodes.offer({ ...spec, prepare: { kind: 'script', text: 'echo broken >&2; exit 9' } })
  await nodes.start(bad)
  const state = await nodes.reaches(bad, 'done')
  expect(state).toMatchObject({ exitCode: 9, reason: 'prepare-failed' })
  expect(state.message).toContain('broken')
  expect(nodes.log(bad, 'stdout').toString()).toBe('')
})

test('the time limit ends every process of the session, also one that does not listen to SIGTERM', async () => {
  const job = await nodes.offer({
    ...sh('sleep 600 & trap "echo got TERM" TERM; echo up; wait || wait || :; exit 4'),
    timeLimitS: 1,
  })
  await nodes.start(job)
  const state = await nodes.reaches(job, 'done')
  expect(state).toMatchObject({ reason: 'time-limit', exitCode: 4, message: 'the time limit of 1 s was over' })
  expect(nodes.log(job, 'stdout').toString()).toBe('up\ngot TERM\n')
})

test('cancelling ends a program that ignores SIGTERM after the grace, and its log is whole', async () => {
  const job = await nodes.offer(sh('trap "" TERM; echo up; while :; do sleep 0.1; done'))
  await nodes.start(job)
  await expect.poll(() => nodes.log(job, 'stdout').toString(), { timeout: 5000 }).toBe('up\n')
  const { code } = await nodes.run(cancelJobScript(nodes.ctx, { job, graceS: 1 }))
  expect(code).toBe(0)
  expect(await nodes.reaches(job, 'done')).toMatchObject({
    reason: 'cancelled',
    exitCode: 137,
    logBytes: { stdout: 3 },
  })
})

test('what a program leaves running in its session does not outlive it, nor hold up its end', async () => {
  const job = await nodes.offer(sh('sleep 4711 & echo $!'))
  await nodes.start(job)
  await nodes.reaches(job, 'done', 0, 5000)
  const pid = Number(nodes.log(job, 'stdout').toString())
  await expect.poll(() => isRunning(pid)).toBe(false)
})

test('what left its session is ended with the job too, by the mark in its environment', async () => {
  const job = await nodes.offer(
    sh('setsid sleep 321 & setsid env -u MUSTER_JOB_ID sh -c "sleep 0.1; echo free" & sleep 0.5; echo $!'),
  )
  await nodes.start(job)
  expect(await nodes.reaches(job, 'done')).toMatchObject({ exitCode: 0 })
  expect(marked(job)).toEqual([])
})

test('what a killed runner left is ended when the job is cancelled, its shipper too', async () => {
  const job = await nodes.offer(sh('echo begun; exec sleep 322'))
  await nodes.start(job)
  await nodes.reaches(job, 'running')
  await expect.poll(() => nodes.log(job, 'stdout').toString()).toBe('begun\n')
  const runner = Number(readFileSync(`${nodes.root(0)}/var/lib/muster/jobs/${job}/runner.pid`, 'utf8'))
  process.kill(runner, 'SIGKILL')
  const status = async () => parseJobStatus((await nodes.run(jobStatusScript(nodes.ctx, { job }))).stdout).runner
  await expect.poll(status).toBe('dead')
  expect(marked(job).length).toBeGreaterThan(0)
  expect(await nodes.run(cancelJobScript(nodes.ctx, { job, graceS: 0 }))).toMatchObject({ code: 0 })
  await expect.poll(() => marked(job)).toEqual([])
  expect(await status()).toBe('ended')
  await expect
    .poll(() => existsSync(`${nodes.root(0)}/var/lib/muster/jobs/${job}/shipped`), { timeout: 5000 })
    .toBe(true)
  nodes.forget(job)
})

test('a program may open /dev/stderr again without cutting the log', async () => {
  const job = await nodes.offer(sh('echo one >&2; echo two >/dev/stderr; echo three >&2'))
  await nodes.start(job)
  await nodes.reaches(job, 'done')
  expect(nodes.log(job, 'stderr').toString()).toBe('one\ntwo\nthree\n')
})

test('staging ahead of the start, twice, runs prepare once and the program only after the start', async () => {
  const job = await nodes.offer({ ...sh('echo program'), prepare: { kind: 'script', text: 'echo preparing' } })
  const stage = stageJobScript(nodes.ctx, { job })
  const ends = await Promise.all([nodes.run(stage), nodes.run(stage)])
  expect(ends.map(({ code }) => code)).toEqual([0, 0])
  await expect.poll(() => nodes.log(job, 'stdout').toString(), { timeout: 5000 }).toBe('preparing\n')
  await nodes.start(job)
  await nodes.start(job)
  expect(await nodes.reaches(job, 'done')).toMatchObject({ exitCode: 0 })
  expect(nodes.log(job, 'stdout').toString()).toBe('preparing\nprogram\n')
})

test('a bucket that fails for a while loses nothing and does not stop the program', async () => {
  const job = await nodes.offer(sh('for i in 1 2 3 4 5 6 7 8 9; do echo $i; sleep 0.1; done'))
  await nodes.start(job)
  await nodes.reaches(job, 'running')
  nodes.bucket.failNext = 3
  nodes.bucket.session = { id: 'ASIANEW', token: 'another' }
  await nodes.reaches(job, 'done')
  expect(nodes.log(job, 'stdout').toString()).toBe('1\n2\n3\n4\n5\n6\n7\n8\n9\n')
})

test('bytes that are no text pass, many of them', async () => {
  const job = await nodes.offer(sh('head -c 5000000 /dev/urandom | tee bytes; sha256sum < bytes >&2'))
  await nodes.start(job)
  await nodes.reaches(job, 'done')
  const bytes = nodes.log(job, 'stdout')
  expect(bytes.length).toBe(5_000_000)
  expect(nodes.log(job, 'stderr').toString()).toContain(createHash('sha256').update(bytes).digest('hex'))
})

test('status tells a running job from an ended, an unknown and a dead one', async () => {
  const status = async (job: string) => {
    const { stdout } = await nodes.run(jobStatusScript(nodes.ctx, { job }))
    return parseJobStatus(stdout)
  }
  const job = await nodes.offer(sh('sleep 600'))
  expect(await status(job)).toEqual({ runner: 'unknown', state: null })
  await nodes.start(job)
  await nodes.reaches(job, 'running')
  expect(await status(job)).toMatchObject({ runner: 'running', state: { phase: 'running' } })
  await nodes.run(cancelJobScript(nodes.ctx, { job, graceS: 0 }))
  await nodes.reaches(job, 'done')
  await expect.poll(async () => (await status(job)).runner).toBe('ended')
})

test('a job that is not in the bucket, or not for this node, is refused with a clear line', async () => {
  const missing = await nodes.run(startJobScript(nodes.ctx, { job: 'gone-20260101-000000-aaaa' }))
  expect(missing).toMatchObject({ code: 50 })
  expect(missing.stderr).toContain("could not fetch the job's launch bundle")
  const job = await nodes.offer(sh('true'))
  const stranger = await nodes.run(startJobScript(nodes.ctx, { job }), 7)
  expect(stranger).toMatchObject({ code: 51 })
  expect(stranger.stderr).toContain('i-7')
})

/** A zombie is over: when it is reaped is its new parent's business. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
