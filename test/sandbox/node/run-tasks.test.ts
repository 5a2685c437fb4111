import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { JobSpec } from '../../../src/core/job/spec.ts'
import { cancelJobScript } from '../../../src/launch/remote/job-scripts.ts'
import { startRunsScript } from '../../../src/launch/remote/start-runs.ts'
import type { LaunchSettings } from '../../../src/launch/settings.ts'
import { until } from '../../rehearsal/until.ts'
import { offerBatch, readTasks } from './batches.ts'
import { startTestNodes, type TestNodes } from './test-node.ts'

let nodes: TestNodes
let marks: string
beforeEach(async () => {
  nodes = await startTestNodes()
  marks = mkdtempSync(join(tmpdir(), 'muster-marks-'))
})
afterEach(async () => {
  execFileSync('sh', ['-c', `for pid in $(cat "$0"); do kill -KILL "-$pid" || :; done`, dispatcherFile()])
  await nodes.close()
  rmSync(marks, { recursive: true, force: true })
})

const sh = (text: string): Partial<JobSpec> => ({ program: { kind: 'argv', words: ['sh', '-c', text] } })
const dispatcherFile = () => join(nodes.root(0), 'var/lib/muster/queue/pid')
const mark = (name: string) => existsSync(join(marks, name))

const give = async (batch: string, cores: number, env: NodeJS.ProcessEnv = {}) => {
  const text = startRunsScript(nodes.ctx, [{ node: 'i-0', runs: [], batches: [batch], cores }])
  expect(await nodes.run(text, 0, env)).toMatchObject({ code: 0, stderr: '' })
}

/** Has node 0 take in a batch of tasks, `cores` at a time. */
async function take(
  specs: readonly Partial<JobSpec>[],
  cores = 2,
  settings: Partial<LaunchSettings> = {},
  env: NodeJS.ProcessEnv = {},
) {
  const offered = await offerBatch(nodes, specs, settings)
  await give(offered.batch, cores, env)
  return offered
}

const ended = async (batch: string) => {
  await until(`${batch} is over`, async () => readTasks(nodes, batch)?.phase === 'done')
  return readTasks(nodes, batch)!.tasks
}

it('runs every task, says how each ended, and keeps its output apart', async () => {
  const { batch, runs } = await take(
    [0, 1, 2, 3, 4].map((index) => sh(`echo out ${index}; echo err ${index} > /dev/stderr; exit ${index % 3}`)),
  )
  const tasks = await ended(batch)
  for (const [index, run] of runs.entries()) {
    expect(tasks[run]).toMatchObject({ phase: 'done', exitCode: index % 3, reason: 'exited' })
    expect(nodes.log(run, 'stdout').toString()).toBe(`out ${index}\n`)
    expect(nodes.log(run, 'stderr').toString()).toBe(`err ${index}\n`)
    expect(tasks[run]?.logBytes).toEqual({ stdout: 6, stderr: 6 })
  }
})

it('never runs more at a time than fit, and each once, however often it is told', async () => {
  const text = `mkdir "${marks}/$MUSTER_JOB_ID" || exit 9; set -- "${marks}"/run.*; [ $# -le 2 ] || exit 8
    : > "${marks}/run.$$"; sleep 0.3; set -- "${marks}"/run.*; rm "${marks}/run.$$"; [ $# -le 2 ]`
  const specs = Array.from({ length: 7 }, () => sh(text))
  const first = await take(specs)
  const second = await take(specs)
  await give(first.batch, 2)
  await give(second.batch, 2)
  for (const { batch, runs } of [first, second]) {
    const tasks = await ended(batch)
    expect(runs.map((run) => tasks[run]?.exitCode)).toEqual(runs.map(() => 0))
  }
  await give(first.batch, 2)
  expect(nodes.bucket.puts.filter((key) => key.includes(`${first.batch}/state/`)).length).toBeGreaterThan(0)
})

it('is one for the node, however many batches come at once', async () => {
  const offered = await Promise.all(Array.from({ length: 6 }, () => offerBatch(nodes, [sh('sleep 0.2')])))
  await Promise.all(offered.map(({ batch }) => give(batch, 2)))
  const leaders = execFileSync('ps', ['-e', '-o', 'pid=,sess=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`${nodes.root(0)}/`) && line.includes('run-tasks.sh'))
    .map((line) => line.trim().split(/ +/, 2))
    .filter(([pid, session]) => pid === session)
  expect(leaders).toEqual([[expect.any(String), readFileSync(dispatcherFile(), 'utf8').trim()]])
  for (const { batch } of offered) await ended(batch)
})

it('ends a task at its time limit and one that is cancelled, begun or not; the others go on', async () => {
  const hangs = { ...sh('trap "" TERM; sleep 600 & wait; wait'), timeLimitS: 30 }
  const { batch, runs } = await take([hangs, hangs, sh('echo ran')], 1)
  await until('it has begun', async () => readTasks(nodes, batch)?.tasks[runs[0]!]?.phase === 'running')
  for (const job of [runs[1]!, runs[0]!]) await nodes.run(cancelJobScript(nodes.ctx, { job, graceS: 0 }))
  const tasks = await ended(batch)
  expect(tasks[runs[0]!]).toMatchObject({ exitCode: 137, reason: 'cancelled' })
  expect(tasks[runs[1]!]).toMatchObject({ exitCode: 143, reason: 'cancelled', logBytes: { stdout: 0, stderr: 0 } })
  expect(nodes.log(runs[2]!, 'stdout').toString()).toBe('ran\n')

  const slow = await take([{ ...sh('sleep 600'), timeLimitS: 1 }])
  const limited = await ended(slow.batch)
  expect(limited[slow.runs[0]!]).toMatchObject({ exitCode: 143, reason: 'time-limit' })
  expect(limited[slow.runs[0]!]?.message).toBe('the time limit of 1 s was over')
})

it('keeps its node for what begins late as for what begins first', async () => {
  const folder = join(nodes.root(0), 'run/muster')
  mkdirSync(folder, { recursive: true })
  const hangs = { ...sh('sleep 600'), timeLimitS: 1 }
  const { batch } = await take([hangs, hangs], 1)
  const kept = () => Number(readFileSync(join(folder, 'until', batch), 'utf8'))
  await until('the first has begun', async () => existsSync(join(folder, 'until', batch)))
  const first = kept()
  await ended(batch)
  expect(kept()).toBeGreaterThan(first)
})

it('ends no task before its time limit where the clock is put right meanwhile', async () => {
  const date = execFileSync('sh', ['-c', 'command -v date'], { encoding: 'utf8' }).trim()
  const text = `#!/bin/sh\nif [ -e '${marks}/later' ]; then exec ${date} -d '1 hour' "$@"; fi\nexec ${date} "$@"\n`
  writeFileSync(join(marks, 'date'), text, { mode: 0o755 })
  const env = { PATH: `${marks}:${process.env['PATH']}` }
  const waits = { ...sh(`until [ -e "${marks}/go" ]; do sleep 0.05; done`), timeLimitS: 600 }
  const first = await take([waits], 2, {}, env)
  await until('it has begun', async () => readTasks(nodes, first.batch)?.tasks[first.runs[0]!]?.phase === 'running')
  writeFileSync(join(marks, 'later'), '')
  const second = await take([sh('sleep 1.2')], 2, {}, env)
  expect((await ended(second.batch))[second.runs[0]!]).toMatchObject({ exitCode: 0 })
  writeFileSync(join(marks, 'go'), '')
  expect((await ended(first.batch))[first.runs[0]!]).toMatchObject({ exitCode: 0 })
})

it('leaves nothing running of a task that has ended, and waits for no output of what left its session', async () => {
  const { batch, runs } = await take([sh('sleep 601 & setsid sleep 602 & echo done')])
  expect((await ended(batch))[runs[0]!]).toMatchObject({ exitCode: 0 })
  expect(nodes.log(runs[0]!, 'stdout').toString()).toBe('done\n')
  const left = execFileSync('sh', ['-c', `grep -lszxF MUSTER_JOB_ID=${runs[0]} /proc/[0-9]*/environ || :`])
  expect(left.toString()).toBe('')
})

it('shows the output of a task that runs', async () => {
  const { batch, runs } = await take([sh(`echo first; until [ -e "${marks}/go" ]; do sleep 0.05; done; echo last`)])
  await until('its first line came', async () => nodes.log(runs[0]!, 'stdout').toString() === 'first\n')
  execFileSync('touch', [join(marks, 'go')])
  expect((await ended(batch))[runs[0]!]?.logBytes).toEqual({ stdout: 11, stderr: 0 })
  expect(nodes.log(runs[0]!, 'stdout').toString()).toBe('first\nlast\n')
})

it('goes on after it was killed: what ran then has failed, and nothing runs twice', async () => {
  const { batch, runs } = await take(
    ['a', 'b', 'c', 'd'].map((name) => sh(`mkdir "${marks}/${name}" || exit 9; [ ${name} != b ] || sleep 600`)),
    1,
  )
  await until(
    'the second has begun',
    async () => mark('b') && readTasks(nodes, batch)?.tasks[runs[0]!]?.phase === 'done',
  )
  process.kill(Number(readFileSync(dispatcherFile(), 'utf8')), 'SIGKILL')
  await give(batch, 1)
  const tasks = await ended(batch)
  expect(runs.map((run) => tasks[run]?.exitCode)).toEqual([0, 137, 0, 0])
  expect(tasks[runs[1]!]).toMatchObject({ reason: 'node-end', message: 'what ran it on its node was killed' })
})

it('reports when the bucket answers again', async () => {
  const { batch, runs } = await take([sh(`echo out; until [ -e "${marks}/go" ]; do sleep 0.05; done`)])
  await until('its output came', async () => nodes.log(runs[0]!, 'stdout').length > 0)
  nodes.bucket.failNext = 4
  execFileSync('touch', [join(marks, 'go')])
  expect((await ended(batch))[runs[0]!]).toMatchObject({ exitCode: 0, logBytes: { stdout: 4, stderr: 0 } })
  expect(nodes.bucket.failNext).toBe(0)
})

it('gives each task the folder of its job, its own variables and checkpoints, and fetches its outputs', async () => {
  const folder = mkdtempSync(join(marks, 'job-'))
  execFileSync('sh', ['-c', 'echo data > input && tar -czf ../folder.tar.gz input'], { cwd: folder })
  nodes.bucket.objects.set('archives/abc.tar.gz', readFileSync(join(marks, 'folder.tar.gz')))
  const text = 'cp input "out-$N"; echo "$N" > "$MUSTER_CHECKPOINT_DIR/mark"; echo "$MUSTER_JOB_ID $MUSTER_TASKS $(ls)"'
  const specs = ['1', '2'].map((n) => ({
    program: { kind: 'script', text } as const,
    env: { N: n },
    outputs: ['out-*'],
  }))
  const { batch, runs } = await take(specs, 2, { archiveKey: 'archives/abc.tar.gz' })
  const tasks = await ended(batch)
  for (const [index, run] of runs.entries()) {
    expect(tasks[run], tasks[run]?.message).toMatchObject({ exitCode: 0, message: '' })
    expect(tasks[run]?.outputBytes).toBeGreaterThan(0)
    expect(nodes.bucket.objects.has(`jobs/${run}/outputs/node-0.tar.gz`)).toBe(true)
    expect(nodes.log(run, 'stdout').toString()).toBe(`${run} 1 input\nout-${index + 1}\n`)
  }
})

it('says why a task could not begin', async () => {
  const { batch, runs } = await take([{ program: { kind: 'argv', words: ['no such $(thing)'] } }])
  const tasks = await ended(batch)
  expect(tasks[runs[0]!]).toMatchObject({ exitCode: 127 })
  expect(tasks[runs[0]!]?.message).toContain('no such $(thing): not found')
})

it('tells every task that runs that Spot takes its node', async () => {
  const text = `trap 'cat "$MUSTER_NOTICE_FILE"; exit 0' USR1; echo up; while :; do sleep 0.05; done`
  const { batch, runs } = await take([0, 1].map(() => ({ ...sh(text), noticeSignal: 'USR1' as const })))
  await until('both are up', async () => runs.every((run) => nodes.log(run, 'stdout').toString() === 'up\n'))
  const folder = join(nodes.root(0), 'run/muster')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'notice'), 'spot 2026-11-23T14:32:05Z\n')
  const tasks = await ended(batch)
  for (const run of runs) {
    expect(tasks[run]).toMatchObject({ exitCode: 0, reason: 'exited' })
    expect(nodes.log(run, 'stdout').toString()).toContain('"time":"2026-11-23T14:32:05Z"')
  }
})

it('gives back what has not begun when Spot takes its node, and says so of what it ends', async () => {
  const text = `trap 'exit 75' USR1; echo up; while :; do sleep 0.05; done`
  const { batch, runs } = await take([{ ...sh(text), noticeSignal: 'USR1' as const }, sh('true')], 1)
  await until('the first is up', async () => nodes.log(runs[0]!, 'stdout').length > 0)
  const folder = join(nodes.root(0), 'run/muster')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'notice'), 'spot 2026-11-23T14:32:05Z\n')
  const tasks = await ended(batch)
  const notice = 'node-0 2026-11-23T14:32:05Z'
  expect(tasks[runs[0]!]).toMatchObject({ exitCode: 75, reason: 'exited', notice })
  expect(tasks[runs[1]!]).toMatchObject({ exitCode: 143, reason: 'node-end', message: 'Spot takes its node', notice })
})

it('ends every task when its node ends, those that have not begun too', async () => {
  const { batch, runs } = await take(
    [sh('trap "echo saved; exit 0" TERM; echo up; while :; do sleep 0.05; done'), sh('true')],
    1,
  )
  await until('the first is up', async () => nodes.log(runs[0]!, 'stdout').length > 0)
  writeFileSync(join(nodes.root(0), `var/lib/muster/jobs/${batch}/control/node-end`), '5 it is too old\n')
  const tasks = await ended(batch)
  for (const run of runs) {
    expect(tasks[run]).toMatchObject({ exitCode: 143, reason: 'node-end', message: 'its node ends: it is too old' })
  }
  expect(nodes.log(runs[0]!, 'stdout').toString()).toBe('up\nsaved\n')
})
