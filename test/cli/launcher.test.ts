import { mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bareCheckout } from './fixtures/checkout.ts'
import { muster, root, run, start, temporaryFolder } from './fixtures/run.ts'

test('the launcher is found through chains of links, from any folder', async () => {
  using folder = temporaryFolder()
  mkdirSync(join(folder.path, 'a'))
  symlinkSync(muster, join(folder.path, 'a', 'one'))
  symlinkSync('a/one', join(folder.path, 'two'))
  const { code, stdout } = await run(join(folder.path, 'two'), ['--version'], { cwd: folder.path })
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^muster\/\d+\.\d+\.\d+ /)])
})

test('a first run installs and builds with a line before each step; a second does neither', async () => {
  using checkout = bareCheckout()
  const { env } = checkout
  const first = await run(checkout.muster, ['x', 'a b'], { env })
  expect(first).toMatchObject({ code: 0, stdout: 'ran x a b\n' })
  expect(first.stderr).toMatch(/^muster: installing .*\nmuster: building .*\n$/)
  expect(checkout.done()).toEqual(['npm ci', 'build'])
  const second = await run(checkout.muster, ['y'], { env })
  expect(second).toMatchObject({ code: 0, stdout: 'ran y\n', stderr: '' })
  expect(checkout.done()).toHaveLength(2)
})

test('a changed lock file installs again; one that only looks newer does not', async () => {
  using checkout = bareCheckout()
  const { env, path } = checkout
  await run(checkout.muster, [], { env })
  const later = new Date(Date.now() + 60_000)
  utimesSync(join(path, 'package-lock.json'), later, later)
  await run(checkout.muster, [], { env })
  expect(checkout.done().filter((line) => line === 'npm ci')).toHaveLength(1)
  writeFileSync(join(path, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}')
  utimesSync(join(path, 'package-lock.json'), later, later)
  await run(checkout.muster, [], { env })
  expect(checkout.done().filter((line) => line === 'npm ci')).toHaveLength(2)
})

test('a source that is newer than the build is built first, a removed one too', async () => {
  using checkout = bareCheckout()
  const { env, path } = checkout
  await run(checkout.muster, [], { env })
  const later = new Date(Date.now() + 1000)
  writeFileSync(join(path, 'src/a.ts'), '// changed')
  utimesSync(join(path, 'src/a.ts'), later, later)
  const changed = await run(checkout.muster, ['z'], { env })
  expect(changed).toMatchObject({ code: 0, stdout: 'ran z\n', stderr: 'muster: building ...\n' })
  const evenLater = new Date(Date.now() + 2000)
  rmSync(join(path, 'src/a.ts'))
  utimesSync(join(path, 'src'), evenLater, evenLater)
  const removed = await run(checkout.muster, ['z'], { env })
  expect(removed).toMatchObject({ code: 0, stdout: 'ran z\n', stderr: 'muster: building ...\n' })
})

test('an interrupted installation is found and done again', async () => {
  using checkout = bareCheckout()
  const { env } = checkout
  const broken = start(checkout.muster, [], { env: { ...env, NPM_SLOW: '1' }, group: true })
  await expect.poll(() => checkout.done()).toEqual(['npm ci'])
  process.kill(-broken.child.pid!, 'SIGKILL')
  await broken.ended
  const again = await run(checkout.muster, ['x'], { env })
  expect(again).toMatchObject({ code: 0, stdout: 'ran x\n' })
  expect(checkout.done()).toEqual(['npm ci', 'npm ci', 'build'])
})

test('ctrl-C ends an installation at once, whatever npm makes of it', async () => {
  using checkout = bareCheckout()
  const { env } = checkout
  const broken = start(checkout.muster, [], { env: { ...env, NPM_SLOW: '1', NPM_DEAF: '1' }, group: true })
  await expect.poll(() => checkout.done()).toEqual(['npm ci'])
  process.kill(-broken.child.pid!, 'SIGINT')
  expect(await broken.ended).toMatchObject({ code: 130, stderr: expect.stringMatching(/set-up interrupted/) })
  expect(await run(checkout.muster, ['x'], { env })).toMatchObject({ code: 0, stdout: 'ran x\n' })
})

test('a disk without room for the packages is named before npm begins', async () => {
  using checkout = bareCheckout()
  const df =
    '#!/bin/sh\necho "Filesystem 1024-blocks Used Available Capacity Mounted on"\necho "/dev/vda 9 9 20480 99% /"\n'
  writeFileSync(join(checkout.path, 'tools/df'), df, { mode: 0o755 })
  const { code, stderr } = await run(checkout.muster, [], { env: checkout.env })
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/need 600 MB, and only 20 MB are free in .*\n\nhint: df -h/),
  ])
  expect(checkout.done()).toEqual([])
})

test('two first runs at once install once: the second waits for the first', async () => {
  using checkout = bareCheckout()
  const env = { ...checkout.env, NPM_SLOW: '1' }
  const first = start(checkout.muster, ['one'], { env })
  await first.said(/installing/)
  const second = start(checkout.muster, ['two'], { env })
  await second.said(/waiting for another set-up/)
  writeFileSync(join(checkout.path, 'go-on'), '')
  const outcomes = await Promise.all([first.ended, second.ended])
  expect(outcomes.map(({ code, stdout }) => [code, stdout])).toEqual([
    [0, 'ran one\n'],
    [0, 'ran two\n'],
  ])
  expect(checkout.done()).toEqual(['npm ci', 'build'])
})

test('a failed installation shows what npm said and what to type, and is tried again by the next run', async () => {
  using checkout = bareCheckout()
  const failed = await run(checkout.muster, [], { env: { ...checkout.env, NPM_FAILS: '1' } })
  expect(failed.code).toBe(1)
  expect(failed.stderr).toMatch(/the registry is on fire[\s\S]*npm ci failed[\s\S]*\n\nhint: cd .* && npm ci/)
  expect(await run(checkout.muster, ['x'], { env: checkout.env })).toMatchObject({ code: 0, stdout: 'ran x\n' })
})

test.for([
  ['npm', /npm is missing\n\nhint: .*(apt-get|dnf|brew|https:)/],
  ['node', /node is missing .*\n\nhint: .*(apt-get|dnf|brew|https:)/],
] as const)('without %s it names it with the command that gets it', async ([tool, message]) => {
  using checkout = bareCheckout()
  rmSync(join(checkout.path, 'tools', tool))
  // Only what the scripts need: the machine's own npm and node stay out of sight.
  for (const name of [
    'sh',
    'dirname',
    'sed',
    'cmp',
    'flock',
    'find',
    'head',
    'apt-get',
    'rm',
    'cp',
    'mktemp',
    'touch',
    'tail',
  ]) {
    symlinkSync(join('/usr/bin', name), join(checkout.path, 'tools', name))
  }
  const env = { ...checkout.env, PATH: join(checkout.path, 'tools') }
  const { code, stderr } = await run('/bin/sh', [checkout.muster], { env })
  expect([code, stderr]).toEqual([1, expect.stringMatching(message)])
})

test('--version is what package.json says', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  expect((await run(muster, ['--version'])).stdout).toContain(`muster/${version} `)
})
