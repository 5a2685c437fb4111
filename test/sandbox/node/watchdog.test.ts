import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { until } from '../../rehearsal/until.ts'
import { uptime, watchdogNode } from './watchdog-node.ts'

/** What keeps a node, and what ends it where nobody does. */
const { folder, root, isDown, run, start, renew, runner } = watchdogNode()

test('a node that nobody renews ends itself after its lease, and not before', async () => {
  const began = uptime()
  start(3)
  await until('the node is down', async () => isDown())
  expect(uptime() - began).toBeGreaterThanOrEqual(2)
  expect(readFileSync(join(folder(), 'down'), 'utf8')).toMatch(/^-h now\n/)
})

test('a renewal gives the whole lease again, and a hold keeps the node longer', async () => {
  start(2)
  await until('the watchdog runs', async () => existsSync(run('lease')) && existsSync(run('limits')))
  expect(await renew()).toBe('ends-in 2\nat-most never')
  expect(await renew(5)).toBe('ends-in 5\nat-most never')
  const held = uptime()
  await until('the node is down', async () => isDown())
  expect(uptime() - held).toBeGreaterThanOrEqual(4)
})

test('a job that runs keeps the node, also where idle would end it; after its end the node goes', async () => {
  const child = runner('a', "time_limit_s=''\nprepare=no\n")
  start(2, 2)
  const began = uptime()
  await until('twice the lease is over', async () => uptime() - began >= 5)
  expect(isDown()).toBe(false)
  child.kill('SIGKILL')
  await until('the node is down', async () => isDown())
})

test('a job that waits for its start keeps no lease, and is no idleness', async () => {
  runner('a', "time_limit_s=''\nprepare=no\n", ':', true)
  const began = uptime()
  start(4, 2)
  await until('the node is down', async () => isDown())
  expect(uptime() - began).toBeGreaterThanOrEqual(3)
})

test.for([
  ['a year from now', '99999999'],
  ['no time at all', '9'.repeat(30)],
] as const)('a lease that says %s keeps the node for one lease', async ([, text]) => {
  mkdirSync(run('.'), { recursive: true })
  for (const name of ['lease', 'used']) writeFileSync(run(name), `${text}\n`)
  start(2, 2)
  await until('the node is down', async () => isDown())
})

test.for([
  ['a job beyond its time limit', 'time_limit_s=1\nprepare=no\n', 1],
  ['a job that never ends after a prepare that never ended', 'time_limit_s=1\nprepare=yes\n', 2],
] as const)('%s keeps no node', async ([, settings, limit]) => {
  runner('a', settings)
  start(1, 0, 0, { grace_s: 1 })
  const began = uptime()
  await until('the node is down', async () => isDown())
  expect(uptime() - began).toBeGreaterThanOrEqual(limit)
})

test('a node that Spot takes ends itself once no job runs, and not while one does', async () => {
  const child = runner('a', "time_limit_s=''\nprepare=no\n", ':')
  mkdirSync(run('.'), { recursive: true })
  writeFileSync(run('notice'), 'spot 2026-11-23T14:02:10Z\n')
  start(59, 0, 0, { unused_s: 2 })
  const began = uptime()
  await until('the job has run for longer', async () => uptime() - began >= 5)
  expect(isDown()).toBe(false)
  child.kill('SIGKILL')
  await until('the node is down', async () => isDown())
})

test.for([
  ['another program’s', (): number | undefined => process.pid],
  ['another job’s', (): number | undefined => runner('b', 'time_limit_s=0\nprepare=no\n').pid],
  ['nobody’s', (): number | undefined => undefined],
] as const)('a runner’s number that is %s by now keeps no node', async ([, number]) => {
  const child = runner('a', "time_limit_s=''\nprepare=no\n")
  const other = number()
  if (other === undefined) child.kill('SIGKILL')
  else writeFileSync(join(root(), 'var/lib/muster/jobs/a/runner.pid'), `${other}\n`)
  start(1, 0, 0, { grace_s: 0 })
  await until('the node is down', async () => isDown())
})

test('the word of another node’s runner counts once, and none from the future', async () => {
  start(3)
  await until('the watchdog runs', async () => existsSync(run('limits')))
  writeFileSync(run('peer'), `${uptime() + 1000}\n`)
  await until('the node is down', async () => isDown())
  rmSync(join(folder(), 'down'))
  writeFileSync(run('peer'), `${uptime()}\n`)
  await until('the word is taken', async () => Number(readFileSync(run('lease'), 'utf8')) > uptime())
})

test('without a lease and without an idle time nothing ends the node', async () => {
  start(0)
  await until('the watchdog runs', async () => existsSync(run('limits')))
  expect(await renew()).toBe('ends-in never\nat-most never')
  const began = uptime()
  await until('some seconds are over', async () => uptime() - began >= 3)
  expect(isDown()).toBe(false)
})

test('what is no number in its files ends no node early, and a shutdown that is not the node’s own is never called', async () => {
  mkdirSync(join(root(), 'run/muster'), { recursive: true })
  for (const name of ['lease', 'used', 'hold', 'peer']) writeFileSync(run(name), '$(touch x) 12\n')
  const began = uptime()
  start(2)
  await until('the node is down', async () => isDown())
  expect(uptime() - began).toBeGreaterThanOrEqual(1)
  rmSync(join(folder(), 'bin/shutdown'))
  rmSync(join(folder(), 'down'))
  mkdirSync(join(folder(), 'elsewhere'))
  const child = start(1)
  await new Promise((resolve) => child.once('exit', resolve))
  expect(child.exitCode).toBe(0)
})
