import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEc2 } from '../../../src/sandbox/services/ec2/service.ts'
import { createS3 } from '../../../src/sandbox/services/s3/service.ts'
import { createSsm } from '../../../src/sandbox/services/ssm/service.ts'
import { createSts } from '../../../src/sandbox/services/sts/service.ts'
import { startTestSandbox } from '../harness.ts'
import type { TestSandbox } from '../harness.ts'

let sandbox: TestSandbox
let sts: STSClient

beforeEach(async () => {
  sandbox = await startTestSandbox({ services: [createEc2, createSsm, createS3, createSts] })
  sts = new STSClient({ ...sandbox.client, maxAttempts: 1 })
})

afterEach(async () => {
  sts.destroy()
  await sandbox.close()
})

async function login() {
  const { Credentials: given } = await sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }))
  const credentials = {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  }
  return { ...sandbox.client, credentials, maxAttempts: 1 }
}

test('a session is the same user with other keys, and the token belongs to it', async () => {
  const session = await login()
  const { Arn } = await new STSClient(session).send(new GetCallerIdentityCommand({}))
  expect(Arn).toBe('arn:aws:iam::000000000000:user/sandbox')
  const stolen = { ...session, credentials: { ...session.credentials, sessionToken: 'another' } }
  await expect(new STSClient(stolen).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  })
})

test('expired: every service refuses in its own words what was given out before, until a new login', async () => {
  const session = await login()
  await new EC2Client(session).send(new DescribeVpcsCommand({}))
  sandbox.world.faults.add({ kind: 'expired-token' })
  const calls = (client: typeof session) => [
    new EC2Client(client).send(new DescribeVpcsCommand({})),
    new SSMClient(client).send(new GetParametersCommand({ Names: ['x'] })),
    new S3Client({ ...client, forcePathStyle: true }).send(new ListBucketsCommand({})),
    new STSClient(client).send(new GetCallerIdentityCommand({})),
  ]
  const refused = await Promise.allSettled(calls(session))
  expect(refused.map((one) => (one.status === 'rejected' ? (one.reason as Error).name : 'went through'))).toEqual([
    'RequestExpired',
    'ExpiredTokenException',
    'ExpiredToken',
    'ExpiredToken',
  ])
  const renewed = await Promise.allSettled(calls(await login()))
  expect(renewed.map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'))
  expect((await Promise.allSettled(calls(session))).map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
  sandbox.world.faults.clear()
  await new EC2Client(session).send(new DescribeVpcsCommand({}))
})

test('a count expires so many calls', async () => {
  sandbox.world.faults.add({ kind: 'expired-token', count: 1 })
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' })
  await sts.send(new GetCallerIdentityCommand({}))
})

test('durations that AWS does not give are refused', async () => {
  await expect(sts.send(new GetSessionTokenCommand({ DurationSeconds: 60 }))).rejects.toMatchObject({
    name: 'ValidationError',
  })
})
