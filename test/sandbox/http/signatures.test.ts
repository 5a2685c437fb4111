import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetObjectCommand, ListBucketsCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { DescribeInstanceInformationCommand, SSMClient } from '@aws-sdk/client-ssm'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Service } from '../../../src/sandbox/service.ts'
import { createS3 } from '../../../src/sandbox/services/s3/service.ts'
import { createSts } from '../../../src/sandbox/services/sts/service.ts'
import { startTestSandbox, type TestSandbox } from '../harness.ts'

const ec2: Service = {
  name: 'ec2',
  protocol: { kind: 'ec2', version: '2016-11-15', namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/' },
  operations: new Map([['DescribeInstances', { name: 'DescribeInstances', handle: () => ({ reservationSet: [] }) }]]),
}
const ssm: Service = {
  name: 'ssm',
  protocol: { kind: 'json', jsonVersion: '1.1', targetPrefix: 'AmazonSSM' },
  operations: new Map([
    [
      'DescribeInstanceInformation',
      { name: 'DescribeInstanceInformation', handle: () => ({ InstanceInformationList: [] }) },
    ],
  ]),
}

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox({ services: [() => ec2, () => ssm, createS3, createSts] })
})
afterAll(() => sandbox.close())

type Settings = Pick<TestSandbox, 'client'>['client'] & { readonly systemClockOffset?: number }

const calls = {
  ec2: (settings: Settings) => new EC2Client({ ...settings, maxAttempts: 1 }).send(new DescribeInstancesCommand({})),
  ssm: (settings: Settings) =>
    new SSMClient({ ...settings, maxAttempts: 1 }).send(new DescribeInstanceInformationCommand({})),
  s3: (settings: Settings) => new S3Client({ ...settings, maxAttempts: 1 }).send(new ListBucketsCommand({})),
  sts: (settings: Settings) => new STSClient({ ...settings, maxAttempts: 1 }).send(new GetCallerIdentityCommand({})),
} as const

const codes = {
  unknownKey: {
    ec2: 'AuthFailure',
    ssm: 'UnrecognizedClientException',
    s3: 'InvalidAccessKeyId',
    sts: 'InvalidClientTokenId',
  },
  wrongSecret: {
    ec2: 'AuthFailure',
    ssm: 'InvalidSignatureException',
    s3: 'SignatureDoesNotMatch',
    sts: 'SignatureDoesNotMatch',
  },
  wrongToken: {
    ec2: 'AuthFailure',
    ssm: 'UnrecognizedClientException',
    s3: 'InvalidToken',
    sts: 'InvalidClientTokenId',
  },
  skewed: {
    ec2: 'RequestExpired',
    ssm: 'InvalidSignatureException',
    s3: 'RequestTimeTooSkewed',
    sts: 'SignatureDoesNotMatch',
  },
} as const

describe.each(['ec2', 'ssm', 's3', 'sts'] as const)('%s', (service) => {
  it('answers the user', async () => {
    const answer = await calls[service](sandbox.client)
    expect(answer.$metadata.httpStatusCode).toBe(200)
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it.each([
    ['unknownKey', { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }, {}],
    ['wrongSecret', { secretAccessKey: 'wrong' }, {}],
    ['wrongToken', { sessionToken: 'made up' }, {}],
    ['skewed', {}, { systemClockOffset: 20 * 60_000 }],
    ['skewed', {}, { systemClockOffset: -20 * 60_000 }],
  ] as const)('refuses %s', async (refusal, credentials, settings) => {
    const call = calls[service]({
      ...sandbox.client,
      ...settings,
      credentials: { ...sandbox.credentials, ...credentials },
    })
    await expect(call).rejects.toMatchObject({ name: codes[refusal][service] })
  })

  it('takes an instance with its session token, and not without', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = sandbox.world.credentials.forInstance('i-1', 'muster-node')
    const credentials = { accessKeyId, secretAccessKey, sessionToken: sessionToken ?? '' }
    expect((await calls[service]({ ...sandbox.client, credentials })).$metadata.httpStatusCode).toBe(200)
    const bare = calls[service]({ ...sandbox.client, credentials: { accessKeyId, secretAccessKey } })
    await expect(bare).rejects.toMatchObject({ name: codes.wrongToken[service] })
  })
})

const SIGV2_AND_MORE = '?acl&AWSAccessKeyId=x&Signature=y&Expires=1'

describe('unsigned requests', () => {
  it.each([
    ['S3', '/bucket/key', {}, 403, '<Code>AccessDenied</Code>'],
    ['JSON', '/', { 'x-amz-target': 'AmazonSSM.SendCommand' }, 400, 'MissingAuthenticationTokenException'],
    ['EC2', '/?Action=DescribeInstances', {}, 403, '<Code>MissingAuthenticationToken</Code>'],
  ] as const)('are refused in the words of %s', async (_name, path, headers, status, words) => {
    const answer = await fetch(`${sandbox.endpoint}${path}`, { headers })
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain(words)
  })

  it.each([
    ['a header that cannot be read', 'AWS4-HMAC-SHA256 Credential=x', '', 'AuthorizationHeaderMalformed'],
    ['a header of SigV2', 'AWS AKID:signature', '', 'Please use AWS4-HMAC-SHA256'],
    ['a URL of SigV2 without a time', undefined, '?AWSAccessKeyId=x&Signature=y', 'Expires must be'],
    ['a URL of SigV2 that asks for more than is signed', undefined, SIGV2_AND_MORE, 'Please use AWS4-HMAC-SHA256'],
  ] as const)('are refused with %s', async (_what, authorization, query, words) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
    const answer = await fetch(`${sandbox.endpoint}/bucket/key${query}`, { headers })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(words)
  })
})

it('says a wrong signature with what it signed itself, as S3 does', async () => {
  const credentials = { ...sandbox.credentials, secretAccessKey: 'wrong' }
  const client = new S3Client({ ...sandbox.client, forcePathStyle: true, maxAttempts: 1, credentials })
  const failure = await client
    .send(new GetObjectCommand({ Bucket: 'some-bucket', Key: 'ein Schlüssel/$&+,:;=@' }))
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(S3ServiceException)
  expect(failure).toMatchObject({
    CanonicalRequest: expect.stringContaining('/some-bucket/ein%20Schl%C3%BCssel/%24%26%2B%2C%3A%3B%3D%40'),
  })
})
