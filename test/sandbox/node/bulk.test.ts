import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { layout } from '../../../src/core/job/layout.ts'
import { startTestNodes, type TestNodes } from './test-node.ts'

let nodes: TestNodes
beforeEach(async () => {
  nodes = await startTestNodes()
})
afterEach(async () => nodes.close())

const sh = (text: string) => ({ program: { kind: 'script', text } }) as const
const listed = (archive: Buffer | undefined) =>
  execFileSync('tar', ['-tz'], { input: archive ?? '' })
    .toString()
    .trim()
    .split('\n')
    .toSorted()

test('sixty megabytes in a burst arrive whole, at a good speed', async () => {
  const bytes = 60_000_000
  const job = await nodes.offer(sh(`yes "a line of a job's output, as it might be" | head -c ${bytes}`))
  const began = Date.now()
  await nodes.start(job)
  expect(await nodes.reaches(job, 'done', 0, 60_000)).toMatchObject({ exitCode: 0, logBytes: { stdout: bytes } })
  const seconds = (Date.now() - began) / 1000
  expect(nodes.log(job, 'stdout').length).toBe(bytes)
  // Far from what it does alone (see the bench): only that nothing waits for an interval or a segment at a time.
  expect(bytes / 1e6 / seconds).toBeGreaterThan(2)
})

test('outputs: globs, folders, odd names, and what is missing is said', async () => {
  const make = `mkdir -p a/b 'odd $(name)'; for f in x.csv a/y.csv a/b/z.csv a/b/q.png 'odd $(name)/it'"'"'s' skip.txt; do echo "$f" > "$f"; done`
  const job = await nodes.offer({ ...sh(make), outputs: ['*.csv', 'a/**/*.png', 'odd*', 'none?', './a/y.csv'] })
  await nodes.start(job)
  const state = await nodes.reaches(job, 'done')
  expect(state).toMatchObject({ exitCode: 0, message: 'outputs: nothing matches none?' })
  const archive = nodes.bucket.objects.get(layout.outputs(job, 'node-0'))
  expect(listed(archive)).toEqual(['./a/b/q.png', './a/y.csv', "./odd $(name)/it's", './x.csv'])
  expect(state.outputBytes).toBe(archive?.length)
})

test('outputs of more than a part go up in parts, and come back the same', async () => {
  const job = await nodes.offer({ ...sh('head -c 75000000 /dev/urandom > big; sha256sum < big'), outputs: ['big'] })
  await nodes.start(job)
  const state = await nodes.reaches(job, 'done', 0, 60_000)
  const archive = nodes.bucket.objects.get(layout.outputs(job, 'node-0')) ?? Buffer.alloc(0)
  expect(state).toMatchObject({ exitCode: 0, message: '', outputBytes: archive.length })
  const big = execFileSync('tar', ['-xzO', './big'], { input: archive, maxBuffer: 100_000_000 })
  expect(nodes.log(job, 'stdout').toString()).toContain(createHash('sha256').update(big).digest('hex'))
}, 90_000)

test('the job’s folder is unpacked, once fetched, for the next job too', async () => {
  const folder = join(nodes.root(0), 'folder')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'input'), 'from the laptop\n')
  const archiveKey = layout.archive('0'.repeat(64))
  nodes.bucket.objects.set(archiveKey, execFileSync('tar', ['-cz', '-C', folder, '.']))
  const spec = { program: { kind: 'argv', words: ['cat', 'input'] } } as const
  const first = await nodes.offer(spec, { archiveKey })
  await nodes.start(first)
  await nodes.reaches(first, 'done')
  nodes.bucket.objects.delete(archiveKey)
  const second = await nodes.offer(spec, { archiveKey })
  await nodes.start(second)
  await nodes.reaches(second, 'done')
  for (const job of [first, second]) expect(nodes.log(job, 'stdout').toString()).toBe('from the laptop\n')
})

test('a folder that cannot be fetched or unpacked fails the job in staging, and is not kept', async () => {
  const archiveKey = layout.archive('1'.repeat(64))
  const missing = await nodes.offer(sh('true'), { archiveKey })
  await nodes.start(missing)
  expect(await nodes.reaches(missing, 'done', 0, 30_000)).toMatchObject({ reason: 'staging-failed', exitCode: 1 })
  nodes.bucket.objects.set(archiveKey, Buffer.from('this is no archive'))
  const damaged = await nodes.offer(sh('true'), { archiveKey })
  await nodes.start(damaged)
  const state = await nodes.reaches(damaged, 'done')
  expect(state).toMatchObject({ reason: 'staging-failed', exitCode: 1 })
  expect(state.message).toContain('could not unpack')
})

test('no secret is in any file of a job, nor in what it prints', async () => {
  const job = await nodes.offer({ ...sh('env | grep -c SECRET'), env: { SECRET_VALUE: 'hunter2' } })
  await nodes.start(job)
  await nodes.reaches(job, 'done')
  expect(nodes.log(job, 'stdout').toString()).toBe('1\n')
  const places = execFileSync('grep', ['-rlF', '-e', 'hunter2', '-e', 's3cr3t', nodes.root(0)])
    .toString()
    .trim()
    .split('\n')
  const inside = places.map((path) => path.slice(nodes.root(0).length)).toSorted()
  const own = `/var/lib/muster/jobs/${job}`
  expect(inside).toEqual(['/var/lib/muster/credentials', `${own}/bundle/environment.sh`])
  const { mode } = await import('node:fs').then(({ statSync }) =>
    statSync(join(nodes.root(0), '/var/lib/muster/credentials')),
  )
  expect(mode & 0o77).toBe(0)
  expect(readFileSync(join(nodes.root(0), own, 'runner.log'), 'utf8')).toBe('')
})
