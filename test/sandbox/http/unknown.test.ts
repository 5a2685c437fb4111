import { DescribeAddressesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3'
import { ListDocumentsCommand, SSMClient } from '@aws-sdk/client-ssm'
import { GetAccessKeyInfoCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Service } from '../../../src/sandbox/service.ts'
import { createS3 } from '../../../src/sandbox/services/s3/service.ts'
import { createSts } from '../../../src/sandbox/services/sts/service.ts'
import { startTestSandbox, type TestSandbox } from '../harness.ts'

const ec2: Service = {
  name: 'ec2',
  protocol: { kind: 'ec2', version: '2016-11-15', namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/' },
  operations: new Map(),
}

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox({ services: [() => ec2, createS3, createSts] })
})
afterAll(() => sandbox.close())

it('names operations that it does not have, in each dialect', async () => {
  const once = { ...sandbox.client, maxAttempts: 1 }
  await expect(new EC2Client(once).send(new DescribeAddressesCommand({}))).rejects.toMatchObject({
    name: 'InvalidAction',
    message: expect.stringMatching(
      /^The action DescribeAddresses is not valid for this web service\..*ec2:DescribeAddresses/,
    ),
  })
  await expect(
    new STSClient(once).send(new GetAccessKeyInfoCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })),
  ).rejects.toMatchObject({
    name: 'InvalidAction',
    message: expect.stringContaining('sts:GetAccessKeyInfo'),
  })
  await expect(new S3Client(once).send(new GetBucketPolicyCommand({ Bucket: 'x' }))).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining('s3:GetBucketPolicy'),
    $metadata: { httpStatusCode: 501 },
  })
})

it('names services that it does not have', async () => {
  const once = { ...sandbox.client, maxAttempts: 1 }
  await expect(new SSMClient(once).send(new ListDocumentsCommand({}))).rejects.toMatchObject({
    message: expect.stringContaining('does not implement the service "ssm"; it has ec2, s3, sts'),
  })
})
