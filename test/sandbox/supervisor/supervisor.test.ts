import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, expect, it } from 'vitest'
import {
  resetSandbox,
  SandboxError,
  sandboxStatus,
  startSandbox,
  stopSandbox,
  type StartedSandbox,
} from '../../../src/sandbox/supervisor/supervisor.ts'
import { socketPath } from '../../../src/sandbox/socket-path.ts'
import { isAlive, newHome, removeHomes, start } from './homes.ts'

afterEach(removeHomes)

function settings({ port, credentials }: StartedSandbox) {
  return {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { ...credentials },
    forcePathStyle: true,
  }
}

it('starts once, is found again, and stops', async () => {
  const home = await newHome()
  expect(await sandboxStatus(home)).toMatchObject({ state: 'stopped' })
  const first = await start(home)
  expect(first).toMatchObject({ started: true, nodes: 'simulated', outdated: false })
  const again = await start(home)
  expect(again).toMatchObject({ started: false, pid: first.pid, port: first.port })
  expect(await sandboxStatus(home)).toMatchObject({ state: 'running', pid: first.pid, machines: 0 })
  expect(await stopSandbox(home)).toEqual({ stopped: true })
  expect(isAlive(first.pid)).toBe(false)
  expect(await sandboxStatus(home)).toMatchObject({ state: 'stopped' })
  expect(await stopSandbox(home)).toEqual({ stopped: false })
})

it('leaves no socket where it was killed, once it is stopped', async () => {
  const home = await newHome()
  const { pid } = await start(home)
  process.kill(pid, 'SIGKILL')
  await stopSandbox(home)
  expect(existsSync(socketPath(realpathSync(home)))).toBe(false)
  expect(readdirSync(home)).not.toContain('state.json')
})

it('is started by one of many at once, and found by all', async () => {
  const home = await newHome()
  const all = await Promise.all(Array.from({ length: 5 }, () => start(home)))
  expect(new Set(all.map(({ pid }) => pid)).size).toBe(1)
  expect(all.filter(({ started }) => started)).toHaveLength(1)
})

it('keeps its port, its key and its objects over a stop, and over kill -9', async () => {
  const home = await newHome()
  const first = await start(home)
  const s3 = new S3Client(settings(first))
  await s3.send(new CreateBucketCommand({ Bucket: 'kept-bucket' }))
  await s3.send(new PutObjectCommand({ Bucket: 'kept-bucket', Key: 'a', Body: 'one' }))
  await stopSandbox(home)
  const second = await start(home)
  expect(second).toMatchObject({ started: true, port: first.port, credentials: first.credentials })
  await s3.send(new PutObjectCommand({ Bucket: 'kept-bucket', Key: 'b', Body: 'two' }))
  process.kill(second.pid, 'SIGKILL')
  await expect.poll(() => isAlive(second.pid)).toBe(false)
  expect(await sandboxStatus(home)).toMatchObject({ state: 'stopped' })
  const third = await start(home)
  expect(third).toMatchObject({ started: true, port: first.port, credentials: first.credentials })
  for (const [Key, text] of [
    ['a', 'one'],
    ['b', 'two'],
  ] as const) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'kept-bucket', Key }))
    expect(await Body?.transformToString()).toBe(text)
  }
})

it('takes another port where its own is taken', async () => {
  const home = await newHome()
  const { port } = await start(home)
  await stopSandbox(home)
  const squatter = createServer().listen(port, '127.0.0.1')
  try {
    const again = await start(home)
    expect(again.port).not.toBe(port)
    const { Account } = await new STSClient(settings(again)).send(new GetCallerIdentityCommand({}))
    expect(Account).toBe('000000000000')
  } finally {
    squatter.close()
  }
})

it('ends a daemon that hangs', async () => {
  const home = await newHome()
  const { pid } = await start(home)
  process.kill(pid, 'SIGSTOP')
  expect(await sandboxStatus(home)).toMatchObject({ state: 'not-answering', pid })
  expect(await stopSandbox(home)).toEqual({ stopped: true })
  expect(isAlive(pid)).toBe(false)
})

it('stops on SIGTERM', async () => {
  const home = await newHome()
  const { pid } = await start(home)
  process.kill(pid, 'SIGTERM')
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  expect(readdirSync(home)).not.toContain('state.json')
  expect(readdirSync(home)).not.toContain('api.sock')
})

it('changes its kind of nodes while it has no instances', async () => {
  const home = await newHome()
  const first = await start(home)
  const second = await startSandbox({ home, nodes: 'process' })
  expect(second).toMatchObject({ started: true, nodes: 'process', port: first.port })
  expect(await startSandbox({ home })).toMatchObject({ started: false, pid: second.pid })
})

it('serves from a folder whose path is too long for a socket', async () => {
  const home = join(await newHome(), 'long'.repeat(30))
  const socket = socketPath(home)
  expect(Buffer.byteLength(socket)).toBeLessThan(104)
  try {
    await start(home)
    const health = await new Promise((resolve, reject) => {
      const asking = get(
        { socketPath: socket, path: '/_sandbox/health' },
        (answer) => void json(answer).then(resolve, reject),
      )
      asking.on('error', reject)
    })
    expect(health).toMatchObject({ nodes: 'simulated' })
  } finally {
    await stopSandbox(home)
  }
  expect(existsSync(socket)).toBe(false)
})

it('stops by itself when nobody uses it', async () => {
  const home = await newHome()
  const { pid } = await start(home, { MUSTER_SANDBOX_IDLE_MINUTES: '0.01' })
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  expect(readFileSync(join(home, 'sandbox.log'), 'utf8')).toContain('nobody used it')
})

it('runs beside another', async () => {
  const [one, two] = [await newHome(), await newHome()]
  const [first, second] = await Promise.all([start(one), start(two)])
  expect(first.port).not.toBe(second.port)
  const strange = new STSClient({ ...settings(first), credentials: { ...second.credentials } })
  await expect(strange.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  await stopSandbox(one)
  expect(isAlive(second.pid)).toBe(true)
  expect(await sandboxStatus(two)).toMatchObject({ state: 'running' })
})

it('forgets everything but its key and its port when it is reset', async () => {
  const home = await newHome()
  const first = await start(home)
  await new S3Client(settings(first)).send(new CreateBucketCommand({ Bucket: 'forgotten' }))
  expect(await resetSandbox(home)).toEqual({ stopped: true })
  expect(isAlive(first.pid)).toBe(false)
  expect(readdirSync(home).toSorted()).toEqual(['change.lock', 'credentials.json', 'daemon.lock', 'last-port'])
  const second = await start(home)
  expect(second).toMatchObject({ port: first.port, credentials: first.credentials })
  await new S3Client(settings(second)).send(new CreateBucketCommand({ Bucket: 'forgotten' }))
})

it('says why it does not start, with the end of its log', async () => {
  const home = await newHome()
  mkdirSync(home, { recursive: true })
  // Its S3 data is a file where a folder is needed.
  writeFileSync(join(home, 's3'), '')
  const failure = await start(home).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(SandboxError)
  expect(String(failure)).toMatch(/did not start: it ended with exit code 1\n[\s\S]*EEXIST/)
  expect(await sandboxStatus(home)).toMatchObject({ state: 'stopped' })
})
