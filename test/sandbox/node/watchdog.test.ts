import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../rehearsal/until.ts'

/** The watchdog by itself in a real sh, on a node that is a folder, with a stand-in of shutdown. */
const SCRIPT = new URL('../../../templates/boot/watchdog.sh', import.meta.url).pathname
const RENEW = new URL('../../../templates/node/renew.sh', import.meta.url).pathname

let folder: string
let root: string
let children: ChildProcess[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-watchdog-'))
  root = join(folder, 'root')
  children = []
  mkdirSync(join(folder, 'bin'))
  mkdirSync(join(root, 'var/lib/muster/jobs'), { recursive: true })
  writeFileSync(join(folder, 'bin/shutdown'), `#!/bin/sh\necho "$*" >>'${folder}/down'\n`, { mode: 0o755 })
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const env = () => ({
  PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
  MUSTER_NODE_ROOT: root,
  // Nobody answers there: a metadata service that is away must not keep a node alive.
  AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9',
})
const uptime = () => Math.floor(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]))
const isDown = () => existsSync(join(folder, 'down'))
const run = (name: string) => join(root, 'run/muster', name)

function start(leaseS: number, idleS = 0): ChildProcess {
  const child = spawn('sh', [SCRIPT, String(leaseS), String(idleS)], { env: env(), stdio: 'ignore' })
  children.push(child)
  return child
}

async function renew(holdS = 0): Promise<string> {
  const child = spawn('sh', [RENEW, String(holdS)], { env: env(), stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()))
  await new Promise((resolve) => child.once('close', resolve))
  return text.trim()
}

/** A job whose runner is a process of ours: what counts is that it lives and is called run-job. */
function runner(id: string, settings: string): ChildProcess {
  const job = join(root, 'var/lib/muster/jobs', id)
  mkdirSync(join(job, 'bundle'), { recursive: true })
  writeFileSync(join(job, 'bundle/settings'), settings)
  const child = spawn('sh', ['-c', 'while :; do sleep 0.1; done', 'run-job.sh'], { stdio: 'ignore' })
  children.push(child)
  writeFileSync(join(job, 'runner.pid'), `${child.pid}\n`)
  return child
}

test('a node that nobody renews ends itself after its lease, and not before', async () => {
  const began = uptime()
  start(3)
  await until('the node is down', async () => isDown())
  expect(uptime() - began).toBeGreaterThanOrEqual(2)
  expect(readFileSync(join(folder, 'down'), 'utf8')).toMatch(/^-h now\n/)
})

test('a renewal gives the whole lease again, and a hold keeps the node longer', async () => {
  start(2)
  await until('the watchdog runs', async () => existsSync(run('lease')) && existsSync(run('limits')))
  expect(await renew()).toBe('ends-in 2')
  expect(await renew(5)).toBe('ends-in 5')
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

test.for([
  ['a job beyond its time limit', 'time_limit_s=1\nprepare=no\n', 1],
  ['a job that never ends after a prepare that never ended', 'time_limit_s=1\nprepare=yes\n', 2],
] as const)('%s keeps no node', async ([, settings, limit]) => {
  runner('a', settings)
  const script = readFileSync(SCRIPT, 'utf8').replace(/^grace_s=900$/m, 'grace_s=1')
  writeFileSync(join(folder, 'watchdog.sh'), script)
  const child = spawn('sh', [join(folder, 'watchdog.sh'), '1', '0'], { env: env(), stdio: 'ignore' })
  children.push(child)
  const began = uptime()
  await until('the node is down', async () => isDown())
  expect(uptime() - began).toBeGreaterThanOrEqual(limit)
})

test('a node that Spot takes ends itself once no job runs, and not while one does', async () => {
  const child = runner('a', "time_limit_s=''\nprepare=no\n")
  mkdirSync(join(root, 'run/muster'), { recursive: true })
  writeFileSync(run('notice'), 'spot 2026-11-23T14:02:10Z\n')
  const script = readFileSync(SCRIPT, 'utf8').replace(/^unused_s=40$/m, 'unused_s=2')
  writeFileSync(join(folder, 'watchdog.sh'), script)
  children.push(spawn('sh', [join(folder, 'watchdog.sh'), '59', '0'], { env: env(), stdio: 'ignore' }))
  const began = uptime()
  await until('the job has run for longer', async () => uptime() - began >= 5)
  expect(isDown()).toBe(false)
  child.kill('SIGKILL')
  await until('the node is down', async () => isDown())
})

test('a runner’s number that is another program’s by now keeps no node', async () => {
  runner('a', '')
  writeFileSync(join(root, 'var/lib/muster/jobs/a/runner.pid'), `${process.pid}\n`)
  start(1)
  await until('the node is down', async () => isDown())
})

test('the word of another node’s runner counts once, and none from the future', async () => {
  start(3)
  await until('the watchdog runs', async () => existsSync(run('limits')))
  writeFileSync(run('peer'), `${uptime() + 1000}\n`)
  await until('the node is down', async () => isDown())
  rmSync(join(folder, 'down'))
  writeFileSync(run('peer'), `${uptime()}\n`)
  await until('the word is taken', async () => Number(readFileSync(run('lease'), 'utf8')) > uptime())
})

test('without a lease and without an idle time nothing ends the node', async () => {
  start(0)
  await until('the watchdog runs', async () => existsSync(run('limits')))
  expect(await renew()).toBe('ends-in never')
  const began = uptime()
  await until('some seconds are over', async () => uptime() - began >= 3)
  expect(isDown()).toBe(false)
})

test('what is no number in its files ends no node early, and a shutdown that is not the node’s own is never called', async () => {
  mkdirSync(join(root, 'run/muster'), { recursive: true })
  for (const name of ['lease', 'used', 'hold', 'peer']) writeFileSync(run(name), '$(touch x) 12\n')
  const began = uptime()
  start(2)
  await until('the node is down', async () => isDown())
  expect(uptime() - began).toBeGreaterThanOrEqual(1)
  rmSync(join(folder, 'bin/shutdown'))
  rmSync(join(folder, 'down'))
  mkdirSync(join(folder, 'elsewhere'))
  const child = start(1)
  await new Promise((resolve) => child.once('exit', resolve))
  expect(child.exitCode).toBe(0)
})
