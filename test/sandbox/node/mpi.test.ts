import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { layout } from '../../../src/core/job/layout.ts'
import { cancelJobScript } from '../../../src/launch/remote/job-scripts.ts'
import { verifyScript } from '../../../src/launch/remote/verify-script.ts'
import { exampleJob } from './example-jobs.ts'
import { startRealNodes, type RealNodes } from './real-nodes.ts'

let nodes: RealNodes
beforeAll(async () => {
  nodes = await startRealNodes({ kind: 'namespace', count: 4, storage: true })
  await nodes.makeReady()
})
afterAll(async () => nodes.close())

const sh = (text: string) => ({ program: { kind: 'script', text } }) as const

async function run(name: string, change: object = {}): Promise<string> {
  const { spec, archive } = await exampleJob(name)
  if (archive === null) return nodes.start({ ...spec, ...change })
  const archiveKey = layout.archive(createHash('sha256').update(archive).digest('hex'))
  await nodes.put(archiveKey, archive)
  return nodes.start({ ...spec, ...change }, { archiveKey })
}

test('hello: eight ranks on four nodes, and every rank has a log of its own', async () => {
  const job = await run('hello')
  expect(await nodes.done(job)).toMatchObject({ exitCode: 0, message: '' })
  const lines = (await nodes.log(job)).trim().split('\n').toSorted()
  expect(lines).toEqual(
    Array.from({ length: 8 }, (_, rank) => {
      const node = Math.floor(rank / 2)
      return `rank ${rank} of 8 on node-${node}: ip-172-31-0-${node + 5}.ec2.internal, 172.31.0.${node + 5}`
    }),
  )
  expect(await nodes.log(job, 'rank-3')).toBe(`${lines[3]}\n`)
  expect(await nodes.log(job, 'node-0', 'stderr')).toBe('')
})

test('heat: compiled by prepare, right within its limit, and its outputs come', async () => {
  const program = { kind: 'argv', words: ['./heat', '--size', '256', '--steps', '400'] } as const
  const job = await run('heat', { program })
  const state = await nodes.done(job)
  const log = await nodes.log(job)
  expect(state, log + (await nodes.log(job, 'node-0', 'stderr'))).toMatchObject({ exitCode: 0 })
  expect(log).toMatch(/^heat: 256 x 256 cells, 400 steps, 8 ranks as 4 x 2$/m)
  expect(log).toMatch(/^100 % {2}step 400\/400/m)
  expect(log).toMatch(/PASS$/m)
  const archive = await nodes.get(layout.outputs(job, 'node-0'))
  expect(archive?.length).toBe(state.outputBytes)
  const folder = mkdtempSync(join(tmpdir(), 'muster-outputs-'))
  try {
    execFileSync('tar', ['-xz', '-C', folder], { input: archive ?? '' })
    expect(readdirSync(folder).toSorted()).toEqual(['field.png', 'residuals.csv'])
    expect(readFileSync(join(folder, 'field.png')).subarray(1, 4).toString()).toBe('PNG')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('fails: rank 3 ends the job with its exit code, and is named', async () => {
  const job = await run('fails')
  expect(await nodes.done(job)).toMatchObject({ exitCode: 7, message: 'rank 3 (node-1) exited with 7' })
  // mpirun's own words may overtake those of a rank on another node, which come over the network.
  const stderr = (await nodes.log(job, 'node-0', 'stderr')).split('\n')
  expect(stderr.filter((line) => line === 'rank 3 has had enough')).toHaveLength(1)
  expect(stderr.filter((line) => line.startsWith('Primary job'))).toHaveLength(1)
})

test('a rank that a signal ends is named with it', async () => {
  const job = await nodes.start(sh('if [ "$MUSTER_RANK" = 5 ]; then kill -SEGV $$; fi; sleep 60'))
  expect(await nodes.done(job)).toMatchObject({ exitCode: 139, message: 'rank 5 (node-2) was ended by signal 11' })
})

test('ranks that are cancelled have the grace to save what they have', async () => {
  const saving = 'trap "sleep 1; echo saved; exit 5" TERM; echo up; while :; do sleep 0.1; done'
  const job = await nodes.start(sh(saving))
  await expect.poll(async () => (await nodes.log(job)).length, { timeout: 20_000 }).toBe(8 * 3)
  await nodes.run(cancelJobScript(nodes.ctx, { job, graceS: 10 }))
  expect(await nodes.done(job)).toMatchObject({ exitCode: 143, reason: 'cancelled' })
  expect(await nodes.log(job)).toBe('up\n'.repeat(8) + 'saved\n'.repeat(8))
})

test('hangs: cancelling ends every rank on every node', async () => {
  const job = await run('hangs')
  await expect.poll(async () => (await nodes.log(job)).split('\n').length, { timeout: 20_000 }).toBe(9)
  await nodes.run(cancelJobScript(nodes.ctx, { job, graceS: 5 }))
  const state = await nodes.done(job)
  expect(state).toMatchObject({ reason: 'cancelled' })
  expect(state.exitCode).toBeGreaterThan(0)
  const left = async (node: number) =>
    (await nodes.run(`ps -u muster -o args= | grep -c '[r]ank.sh'`, node)).stdout.trim()
  for (const node of [0, 1, 2, 3]) await expect.poll(async () => left(node), { timeout: 10_000 }).toBe('0')
})

test('a notice on one node reaches every rank of all nodes, and ends none that does not know of it', async () => {
  const knows = 'trap "cat $MUSTER_NOTICE_FILE; exit 0" USR1; echo up; while :; do sleep 0.1; done'
  const waits = 'echo up; until [ -s "$MUSTER_NOTICE_FILE" ]; do sleep 0.1; done; echo "rank $MUSTER_RANK lives"'
  const text = `if [ $((MUSTER_RANK % 2)) = 0 ]; then ${knows}; else ${waits}; fi`
  const job = await nodes.start({ ...sh(text), noticeSignal: 'USR1' })
  await expect.poll(async () => (await nodes.log(job)).length, { timeout: 20_000 }).toBe(8 * 3)
  const forget = nodes.notify(2, '2026-11-23T14:02:10Z')
  const state = await nodes.done(job, 50_000)
  await forget()
  expect(state).toMatchObject({ exitCode: 0, notice: 'node-2 2026-11-23T14:02:10Z' })
  const lines = (await nodes.log(job)).split('\n').filter((line) => line !== 'up' && line !== '')
  const notice = '{"cause":"spot","node":"node-2","time":"2026-11-23T14:02:10Z"}'
  expect(lines.toSorted()).toEqual([1, 3, 5, 7].map((rank) => `rank ${rank} lives`).concat(Array(4).fill(notice)))
}, 90_000)

test('words and variables reach every rank literally', async () => {
  const odd = ['it\'s "quoted"', '$(touch /tmp/owned) `id` $HOME', 'two\nlines', '', 'ünï\u{1F600}', '*', '\\n;&|']
  const printing = 'printf "<%s>" "$@" "$ODD" "$UID_LIKE"; echo'
  const job = await nodes.start({
    program: { kind: 'argv', words: ['sh', '-c', printing, 'sh', ...odd] },
    env: { ODD: odd.join('|'), UID_LIKE: 'x', UID: '5' },
    tasksPerNode: 1,
  })
  expect(await nodes.done(job)).toMatchObject({ exitCode: 0 })
  const line = `${[...odd, odd.join('|'), 'x'].map((word) => `<${word}>`).join('')}\n`
  for (const rank of [0, 3]) expect(await nodes.log(job, `rank-${rank}`)).toBe(line)
  expect(existsSync('/tmp/owned')).toBe(false)
})

test('a program that is nowhere is told once, not by every rank', async () => {
  const job = await nodes.start({ program: { kind: 'argv', words: ['nosuch', 'x'] } })
  const state = await nodes.done(job)
  expect(state.exitCode).toBe(127)
  expect(state.message).toMatch(/nosuch: not found$/)
  expect(await nodes.log(job, 'node-0', 'stderr')).toBe(`${state.message}\n`)
})

test('torchrun and shell run on every node; the first node waits for all', async () => {
  const job = await nodes.start({
    ...sh('echo "$MUSTER_NODE_RANK"; sleep 0.$MUSTER_NODE_RANK; touch "end.$MUSTER_NODE_RANK"'),
    launcher: 'shell',
    outputs: ['end.*'],
  })
  expect(await nodes.done(job)).toMatchObject({ exitCode: 0 })
  for (const node of [0, 1, 2, 3]) expect(await nodes.log(job, `node-${node}`)).toBe(`${node}\n`)
  const listed = execFileSync('tar', ['-tz'], { input: (await nodes.get(layout.outputs(job, 'node-0'))) ?? '' })
  expect(listed.toString().trim().split('\n')).toEqual(['./end.0', './end.1', './end.2', './end.3'])

  const torch = await nodes.start({
    ...sh('echo "$NODE_RANK of $NNODES at $MASTER_ADDR:$MASTER_PORT"'),
    launcher: 'torchrun',
  })
  expect(await nodes.done(torch)).toMatchObject({ exitCode: 0 })
  expect(await nodes.log(torch, 'node-2')).toBe('2 of 4 at 172.31.0.5:29500\n')
})

test('verify names what is missing: EFA, storage, a node that ssh cannot reach', async () => {
  const base = { leadId: 'i-00000000000000000', hosts: [], mountPoint: null, efaInterfaces: 0 }
  const efa = await nodes.run(verifyScript(nodes.ctx, { ...base, efaInterfaces: 2 }))
  expect(efa).toMatchObject({ exitCode: 41 })
  expect(efa.stderr).toContain('1 of 2 EFA interfaces answer')
  expect(await nodes.run(verifyScript(nodes.ctx, { ...base, efaInterfaces: 1 }))).toMatchObject({ exitCode: 0 })
  const storage = await nodes.run(verifyScript(nodes.ctx, { ...base, mountPoint: '/nowhere' }))
  expect(storage).toMatchObject({ exitCode: 40 })
  const ssh = await nodes.run(verifyScript(nodes.ctx, { ...base, hosts: ['172.31.0.6', '172.31.9.9'] }))
  expect(ssh).toMatchObject({ exitCode: 42 })
  expect(ssh.stderr).toContain('172.31.9.9')
})

test('every rank on every node knows what its task left before, and what jobs share', async () => {
  const text =
    'echo "$MUSTER_RANK $MUSTER_CHECKPOINT_DIR $MUSTER_SHARED_DIR"; : >"$MUSTER_SHARED_DIR/rank-$MUSTER_RANK"'
  const job = await nodes.start({ ...sh(text), tasksPerNode: 1 }, {}, { checkpoint: 'solve-1/checkpoint/7' })
  expect(await nodes.done(job), await nodes.log(job, 'node-0', 'stderr')).toMatchObject({ exitCode: 0 })
  expect((await nodes.log(job)).trim().split('\n').toSorted()).toEqual(
    [0, 1, 2, 3].map((rank) => `${rank} /fsx/jobs/solve-1/checkpoint/7 /fsx/jobs/shared`),
  )
  expect(readdirSync(`${nodes.shared}/jobs/shared`)).toHaveLength(4)
})

test('MPI that must use EFA ends with an error where nothing is carried over it, and never takes TCP instead', async () => {
  const { spec, archive } = await exampleJob('pingpong')
  const archiveKey = layout.archive('efa')
  await nodes.put(archiveKey, archive ?? Buffer.alloc(0))
  const overTcp = await nodes.start(spec, { archiveKey, efa: false })
  expect(await nodes.done(overTcp)).toMatchObject({ exitCode: 0 })
  const job = await nodes.start(spec, { archiveKey, efa: true })
  const state = await nodes.done(job)
  const told = await nodes.log(job, 'node-0', 'stderr')
  expect(state.exitCode, told).not.toBe(0)
  expect(told).toMatch(/PML cm cannot be selected|No components were able to be opened in the pml framework/)
})

test('a full disk under the work directory: exit code and log still come, and the message says so', async () => {
  const next = nodes.nextJob()
  const below = `/fsx/jobs/${next}`
  await nodes.run(`mkdir -p ${below} && mount -t tmpfs -o size=400k,mode=755 tmpfs ${below}`)
  const text = 'echo before; head -c 1000000 /dev/zero >big || { echo after; exit 6; }'
  const job = await nodes.start({ ...sh(text), nodes: 1, launcher: 'shell' })
  expect(job).toBe(next)
  const state = await nodes.done(job)
  await nodes.run(`umount -l ${below}`)
  expect(state).toMatchObject({ exitCode: 6, reason: 'exited' })
  expect(state.message).toBe(`no space left on device in ${below}/work`)
  expect(await nodes.log(job)).toBe('before\nafter\n')
  expect(await nodes.log(job, 'node-0', 'stderr')).toContain('No space left on device')
})

test('a disk so full that not even the folder can be written: the message says so', async () => {
  const next = nodes.nextJob()
  const below = `/fsx/jobs/${next}`
  await nodes.run(`mkdir -p ${below} && mount -t tmpfs -o size=400k,mode=755 tmpfs ${below}`)
  await nodes.run(`head -c 1000000 /dev/zero >${below}/filler`)
  const job = await nodes.start({ ...sh('echo never'), nodes: 1 })
  const state = await nodes.done(job)
  await nodes.run(`umount -l ${below}`)
  expect(state).toMatchObject({ exitCode: 1, reason: 'staging-failed' })
  expect(state.message).toMatch(new RegExp(`could not \\w+.*${below}.*; no space left on device in ${below}`))
})

test('ranks that ignore SIGTERM are killed after the grace, and the exit code says so', async () => {
  const job = await nodes.start({ ...sh('trap "" TERM; echo up; while :; do sleep 0.1; done'), tasksPerNode: 1 })
  await expect.poll(async () => (await nodes.log(job)).length, { timeout: 20_000 }).toBe(4 * 3)
  await nodes.run(cancelJobScript(nodes.ctx, { job, graceS: 1 }))
  expect(await nodes.done(job)).toMatchObject({ exitCode: 137, reason: 'cancelled' })
})

// The last one: it takes a node away for good.
test('a worker that dies while ranks run is named', async () => {
  const job = await nodes.start({ ...sh('echo up; sleep 60'), tasksPerNode: 1 })
  await expect.poll(async () => (await nodes.log(job)).length, { timeout: 20_000 }).toBe(4 * 3)
  await nodes.kill(2)
  const state = await nodes.done(job)
  expect(state.exitCode).not.toBe(0)
  expect(state.message).toBe('node-2 (172.31.0.7) died while the job was running: mpirun lost its connection')
  expect(state.reason).toBe('node-lost')
})
