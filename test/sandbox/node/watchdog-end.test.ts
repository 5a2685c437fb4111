import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { until } from '../../rehearsal/until.ts'
import { uptime, watchdogNode } from './watchdog-node.ts'

/** A node that ends whatever runs on it, and what a renewal is no use of. */
const { root, isDown, run, start, renew, runner } = watchdogNode()

const NO_LIMIT = "time_limit_s=''\nprepare=no\n"
const job = (name: string) => join(root(), 'var/lib/muster/jobs/a', name)
const watched = () => until('the watchdog runs', async () => existsSync(run('lived')) && existsSync(run('used')))

test('a node at its maximum life ends, though it is renewed and held; its job is told first', async () => {
  const began = uptime()
  runner('a', NO_LIMIT, 'cp control/node-end heard; : >control/heard; : >ended')
  start(60, 0, 6)
  await watched()
  expect(await renew(100)).toMatch(/^ends-in [456]\nat-most [456]$/)
  await until('the job is told', async () => existsSync(job('heard')))
  expect(isDown()).toBe(false)
  expect(readFileSync(job('heard'), 'utf8')).toBe('3 it has reached its maximum life of 6 s\n')
  await until('the node is down', async () => isDown())
  expect(uptime() - began).toBeGreaterThanOrEqual(5)
})

test('a job that does not listen, and what no signal ends, keep it no longer than the notice', async () => {
  runner('a', NO_LIMIT, ':')
  start(60, 0, 6)
  await until('the node is down', async () => isDown())
  expect(existsSync(job('control/node-end'))).toBe(true)
})

test('an end that is handed down late leaves a job its notice', async () => {
  runner('a', NO_LIMIT, ':')
  start(20)
  await watched()
  const told = uptime()
  expect(await renew(0, 'no', '0')).toBe('ends-in 0\nat-most 0')
  await until('the node is down', async () => isDown())
  expect(uptime() - told).toBeGreaterThanOrEqual(4)
  expect(readFileSync(job('control/node-end'), 'utf8')).toBe("3 the fleet's spending limit is reached\n")
})

test('the end is made later, or taken back, by a renewal alone; another leaves it', async () => {
  start(20)
  await watched()
  expect(await renew(0, 'no', '30')).toBe('ends-in 20\nat-most 30')
  expect(await renew(0, 'no', '10')).toBe('ends-in 10\nat-most 10')
  expect(await renew(0, 'no', 'keep')).toMatch(/^ends-in (9|10)\nat-most (9|10)$/)
  expect(await renew(0, 'no', 'none')).toBe('ends-in 20\nat-most never')
})

test('a restart makes a node no younger, and its end no later', async () => {
  const first = start(50, 0, 100)
  await watched()
  expect(await renew(0, 'no', '40')).toBe('ends-in 40\nat-most 40')
  first.kill('SIGKILL')
  // A restart clears /run, and begins the kernel's time anew.
  rmSync(join(root(), 'run'), { recursive: true })
  writeFileSync(join(root(), 'var/lib/muster/watchdog/lived'), '75\n')
  writeFileSync(join(root(), 'var/lib/muster/watchdog/end'), '80\n')
  start(50, 0, 100)
  await watched()
  expect(await renew(0, 'no', 'keep')).toMatch(/at-most [45]$/)
  expect(await renew(0, 'no', 'none')).toMatch(/at-most 2[45]$/)
})

test('a node that is held for its lease outlives its idle time, and not its lease', async () => {
  start(6, 2)
  await watched()
  mkdirSync(run('.'), { recursive: true })
  writeFileSync(run('ready'), '')
  expect(await renew('lease')).toBe('ends-in 6\nat-most never')
  const held = uptime()
  await until('the node is down', async () => isDown())
  expect(uptime() - held).toBeGreaterThanOrEqual(5)
})

test('renewals are no use of a ready node: idle ends it all the same', async () => {
  start(20, 4)
  await watched()
  // Until it is ready somebody prepares it.
  const began = uptime()
  await until('it has been prepared for longer than it may idle', async () => {
    await renew()
    return uptime() - began >= 5
  })
  expect(isDown()).toBe(false)
  mkdirSync(run('.'), { recursive: true })
  writeFileSync(run('ready'), '')
  expect(await renew(0, 'yes')).toBe('ends-in 4\nat-most never')
  await until('the node is down', async () => {
    await renew()
    return isDown()
  })
})
