import { CreateVpcCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetUserCommand,
  IAMClient,
  ListRolesCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { DescribeInstanceInformationCommand, SSMClient } from '@aws-sdk/client-ssm'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEc2 } from '../../../src/sandbox/services/ec2/service.ts'
import { createIam } from '../../../src/sandbox/services/iam/service.ts'
import { createS3 } from '../../../src/sandbox/services/s3/service.ts'
import { createSsm } from '../../../src/sandbox/services/ssm/service.ts'
import { createSts } from '../../../src/sandbox/services/sts/service.ts'
import { startTestSandbox } from '../harness.ts'
import type { TestSandbox } from '../harness.ts'
import { allow, refusal } from './iam-world.ts'

const ARN = 'arn:aws:iam::000000000000:user/ann'

let sandbox: TestSandbox
let admin: IAMClient

beforeEach(async () => {
  sandbox = await startTestSandbox({ services: [createIam, createEc2, createSsm, createS3, createSts] })
  admin = new IAMClient({ ...sandbox.client, maxAttempts: 1 })
})

afterEach(async () => {
  admin.destroy()
  await sandbox.close()
})

/** A user with one policy, and what its SDK clients are made from. */
async function userWith(document: string) {
  await admin.send(new CreateUserCommand({ UserName: 'ann' }))
  await admin.send(new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'p', PolicyDocument: document }))
  const { AccessKey } = await admin.send(new CreateAccessKeyCommand({ UserName: 'ann' }))
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {}
  return { ...sandbox.client, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 }
}

test('every service refuses what the policy does not allow, in its own words', async () => {
  const ann = await userWith(allow('ec2:DescribeVpcs'))
  await new EC2Client(ann).send(new DescribeVpcsCommand({}))
  expect(await refusal(new EC2Client(ann).send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' })))).toEqual([
    'UnauthorizedOperation',
    `You are not authorized to perform this operation. User: ${ARN} is not authorized to perform: ec2:CreateVpc because no identity-based policy allows the ec2:CreateVpc action`,
    403,
  ])
  const [code, message] = await refusal(new SSMClient(ann).send(new DescribeInstanceInformationCommand({})))
  expect([code, message]).toEqual(['AccessDenied', expect.stringContaining('ssm:DescribeInstanceInformation')])
  expect((await refusal(new IAMClient(ann).send(new ListRolesCommand({}))))[0]).toBe('AccessDenied')
  const s3 = new S3Client({ ...ann, forcePathStyle: true })
  expect((await refusal(s3.send(new HeadBucketCommand({ Bucket: 'b' }))))[2]).toBe(403)
  expect((await new STSClient(ann).send(new GetCallerIdentityCommand({}))).Arn).toBe(ARN)
})

const statement = (Action: string, Condition: object) => ({ Effect: 'Allow', Action, Resource: '*', Condition })
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })

test('the request’s own tags count, and making something with tags needs the right to tag', async () => {
  const make = { Null: { 'aws:RequestTag/muster:network': 'false' } }
  const tag = { StringEquals: { 'ec2:CreateAction': 'CreateVpc' } }
  const ann = await userWith(document(statement('ec2:CreateVpc', make)))
  const ec2 = new EC2Client(ann)
  const tagged = {
    CidrBlock: '10.0.0.0/16',
    TagSpecifications: [{ ResourceType: 'vpc' as const, Tags: [{ Key: 'muster:network', Value: 'x' }] }],
  }
  expect((await refusal(ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))))[1]).toContain('ec2:CreateVpc')
  expect((await refusal(ec2.send(new CreateVpcCommand(tagged))))[1]).toContain('ec2:CreateTags')
  const both = document(statement('ec2:CreateVpc', make), statement('ec2:CreateTags', tag))
  await admin.send(new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'p', PolicyDocument: both }))
  await ec2.send(new CreateVpcCommand(tagged))
  const deny = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'ec2:*', Resource: '*' }],
  })
  await admin.send(new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'q', PolicyDocument: deny }))
  expect((await refusal(ec2.send(new DescribeVpcsCommand({}))))[1]).toContain('with an explicit deny')
})

test('users come and go, their keys with them; what they may do can be simulated', async () => {
  const ann = await userWith(allow('ec2:DescribeVpcs'))
  expect((await admin.send(new GetUserCommand({ UserName: 'ann' }))).User?.Arn).toBe(ARN)
  const { EvaluationResults } = await admin.send(
    new SimulatePrincipalPolicyCommand({ PolicySourceArn: ARN, ActionNames: ['ec2:CreateVpc', 'ec2:DescribeVpcs'] }),
  )
  expect(EvaluationResults?.map((one) => one.EvalDecision)).toEqual(['implicitDeny', 'allowed'])
  expect((await refusal(admin.send(new DeleteUserCommand({ UserName: 'ann' }))))[0]).toBe('DeleteConflict')
  const AccessKeyId = ann.credentials.accessKeyId
  await admin.send(new DeleteAccessKeyCommand({ UserName: 'ann', AccessKeyId }))
  await admin.send(new DeleteUserPolicyCommand({ UserName: 'ann', PolicyName: 'p' }))
  await admin.send(new DeleteUserCommand({ UserName: 'ann' }))
  expect((await refusal(new STSClient(ann).send(new GetCallerIdentityCommand({}))))[0]).toBe('InvalidClientTokenId')
  expect((await refusal(admin.send(new GetUserCommand({ UserName: 'ann' }))))[0]).toBe('NoSuchEntity')
})
