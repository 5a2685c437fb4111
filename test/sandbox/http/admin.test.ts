import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { adminToken } from '../../../src/sandbox/http/admin-token.ts'
import { createS3 } from '../../../src/sandbox/services/s3/service.ts'
import { createSts } from '../../../src/sandbox/services/sts/service.ts'
import { startTestSandbox, type TestSandbox } from '../harness.ts'

let sandbox: TestSandbox
beforeEach(async () => {
  sandbox = await startTestSandbox({ services: [createS3, createSts] })
})
afterEach(() => sandbox.close())

async function admin(method: string, path: string, body?: unknown, token?: string): Promise<[number, unknown]> {
  const answer = await fetch(`${sandbox.endpoint}/_sandbox/${path}`, {
    method,
    headers: { authorization: `Bearer ${token ?? adminToken(sandbox.credentials.secretAccessKey)}` },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return [answer.status, await answer.json()]
}

it('tells its health to anybody, and all else only to who knows the secret', async () => {
  expect(await admin('GET', 'health', undefined, 'wrong')).toEqual([
    200,
    expect.objectContaining({ pid: process.pid, machines: 0, nodes: 'simulated' }),
  ])
  for (const [method, path] of [
    ['GET', 'faults'],
    ['POST', 'faults'],
    ['DELETE', 'faults'],
    ['POST', 'stop'],
  ] as const)
    expect((await admin(method, path, undefined, 'wrong'))[0]).toBe(403)
})

it('throttles as many calls as a fault says, each service in its own words', async () => {
  const s3 = new S3Client({ ...sandbox.client, maxAttempts: 1 })
  const sts = new STSClient({ ...sandbox.client, maxAttempts: 1 })
  expect(await admin('POST', 'faults', { kind: 'throttle', operation: 's3:ListBuckets', count: 2 })).toEqual([
    200,
    { faults: [{ kind: 'throttle', operation: 's3:ListBuckets', count: 2 }] },
  ])
  for (let call = 0; call < 2; call++)
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: 'SlowDown',
      $metadata: { httpStatusCode: 503 },
    })
  expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([])
  await admin('POST', 'faults', { kind: 'throttle', operation: '*' })
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'Throttling' })
  expect(await admin('DELETE', 'faults')).toEqual([200, { faults: [] }])
  expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('000000000000')
})

it('counts calls and throttles by operation, and begins again', async () => {
  const sts = new STSClient({ ...sandbox.client, maxAttempts: 1 })
  await admin('POST', 'faults', { kind: 'throttle', operation: 'sts:*', count: 1 })
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'Throttling' })
  await sts.send(new GetCallerIdentityCommand({}))
  const counted = { calls: { 'sts:GetCallerIdentity': 2 }, throttled: { 'sts:GetCallerIdentity': 1 } }
  expect(await admin('GET', 'calls')).toEqual([200, counted])
  expect(await admin('DELETE', 'calls')).toEqual([200, { calls: {}, throttled: {} }])
})

it('refuses what is no fault, and says why', async () => {
  expect(await admin('POST', 'faults', { kind: 'throttle' })).toEqual([
    400,
    { error: 'operation of a throttle must be a string' },
  ])
  expect((await admin('POST', 'faults', { kind: 'flood' }))[1]).toEqual({
    error: expect.stringMatching(/^kind must be one of shortage/),
  })
  expect((await admin('POST', 'faults', { kind: 'mute-agent', count: 1, cuont: 2 }))[1]).toEqual({
    error: 'cuont is nothing that a mute-agent has; it has count',
  })
  expect((await admin('POST', 'faults', 'no json'))[0]).toBe(400)
  expect((await admin('GET', 'nothing'))[0]).toBe(404)
})
