import { CreateRoleCommand, PutRolePolicyCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam'
import type { SimulatePrincipalPolicyCommandInput } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allow, refusal, startIam, TRUST } from './iam-world.ts'
import type { IamWorld } from './iam-world.ts'

const ROLE = 'arn:aws:iam::000000000000:role/lab/tester'

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['ec2:Describe*', 's3:Get?bject'], Resource: '*' },
    { Effect: 'Allow', Action: 's3:PutObject', Resource: ['arn:aws:s3:::lab/*', 'arn:aws:s3:::${aws:username}/*'] },
    { Effect: 'Deny', Action: 's3:PutObject', Resource: 'arn:aws:s3:::lab/locked/*' },
    { Effect: 'Deny', NotAction: ['ec2:*', 's3:*', 'ssm:*', 'iam:*'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: 'ec2:TerminateInstances',
      Resource: '*',
      Condition: { StringLike: { 'aws:ResourceTag/muster:fleet': 'lab-*' } },
    },
    {
      Effect: 'Allow',
      Action: 'ssm:SendCommand',
      Resource: '*',
      Condition: { Null: { 'ssm:resourceTag/muster:fleet': 'false' } },
    },
    {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: 'arn:aws:iam::*:role/muster-*',
      Condition: { StringEqualsIfExists: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    },
  ],
})

let world: IamWorld
beforeAll(async () => {
  world = await startIam()
  await world.iam.send(new CreateRoleCommand({ RoleName: 'tester', Path: '/lab/', AssumeRolePolicyDocument: TRUST }))
  await world.iam.send(new PutRolePolicyCommand({ RoleName: 'tester', PolicyName: 'own', PolicyDocument: POLICY }))
})
afterAll(() => world.close())

const simulate = (action: string, more: Partial<SimulatePrincipalPolicyCommandInput> = {}) =>
  world.iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn: ROLE, ActionNames: [action], ...more }))

const context = (key: string, value: string): Partial<SimulatePrincipalPolicyCommandInput> => ({
  ContextEntries: [{ ContextKeyName: key, ContextKeyValues: [value], ContextKeyType: 'string' }],
})

const at = (...ResourceArns: string[]): Partial<SimulatePrincipalPolicyCommandInput> => ({ ResourceArns })

test.each<[string, string, Partial<SimulatePrincipalPolicyCommandInput>, string]>([
  ['a wildcard', 'ec2:DescribeInstances', {}, 'allowed'],
  ['an action in other letters', 'EC2:describeinstances', {}, 'allowed'],
  ['one character', 's3:GetObject', {}, 'allowed'],
  ['what nobody allows', 'ec2:RunInstances', {}, 'implicitDeny'],
  ['an allowed resource', 's3:PutObject', at('arn:aws:s3:::lab/out'), 'allowed'],
  ['a resource in other letters', 's3:PutObject', at('arn:aws:s3:::LAB/out'), 'implicitDeny'],
  ['no resource named, where a statement names one', 's3:PutObject', {}, 'implicitDeny'],
  ['a denied resource', 's3:PutObject', at('arn:aws:s3:::lab/locked/x'), 'explicitDeny'],
  ['all but some actions', 'fsx:CreateFileSystem', {}, 'explicitDeny'],
  ['a variable without a value', 's3:PutObject', at('arn:aws:s3:::me/x'), 'implicitDeny'],
  ['a variable', 's3:PutObject', { ...at('arn:aws:s3:::me/x'), ...context('aws:username', 'me') }, 'allowed'],
  ['a condition without a value', 'ec2:TerminateInstances', {}, 'implicitDeny'],
  ['a condition that holds', 'ec2:TerminateInstances', context('aws:ResourceTag/muster:fleet', 'lab-1'), 'allowed'],
  ['a condition that fails', 'ec2:TerminateInstances', context('aws:ResourceTag/muster:fleet', 'x'), 'implicitDeny'],
  ['Null without the key', 'ssm:SendCommand', {}, 'implicitDeny'],
  ['Null with the key', 'ssm:SendCommand', context('ssm:resourceTag/muster:fleet', 'x'), 'allowed'],
  ['IfExists without the key', 'iam:PassRole', at('arn:aws:iam::000000000000:role/muster-node'), 'allowed'],
  [
    'IfExists with another value',
    'iam:PassRole',
    { ...at('arn:aws:iam::000000000000:role/muster-node'), ...context('iam:PassedToService', 'ecs.amazonaws.com') },
    'implicitDeny',
  ],
  ['an added policy', 'ec2:RunInstances', { PolicyInputList: [allow('ec2:Run*')] }, 'allowed'],
])('%s: %s', async (_, action, more, decision) => {
  const { EvaluationResults = [] } = await simulate(action, more)
  expect(EvaluationResults.map((result) => result.EvalDecision)).toEqual([decision])
})

test('what a condition asks for is named', async () => {
  const { EvaluationResults: [whole] = [] } = await simulate('ec2:TerminateInstances')
  expect(whole?.MissingContextValues).toEqual(['aws:ResourceTag/muster:fleet'])
  const instance = 'arn:aws:ec2:us-east-1:000000000000:instance/i-0123456789abcdef0'
  const { EvaluationResults: [named] = [] } = await simulate('ec2:TerminateInstances', at(instance))
  expect(named?.MissingContextValues).toEqual([])
  expect(named?.ResourceSpecificResults).toMatchObject([
    {
      EvalResourceName: instance,
      EvalResourceDecision: 'implicitDeny',
      MissingContextValues: ['aws:ResourceTag/muster:fleet'],
    },
  ])
})

test('each resource has its own word, and each policy that decided its name', async () => {
  const { EvaluationResults: [result] = [] } = await simulate(
    's3:PutObject',
    at('arn:aws:s3:::lab/a', 'arn:aws:s3:::lab/locked/b', 'arn:aws:s3:::other/c'),
  )
  const decisions = result?.ResourceSpecificResults?.map((one) => one.EvalResourceDecision)
  expect(decisions).toEqual(['allowed', 'explicitDeny', 'implicitDeny'])
  expect(result?.EvalDecision).toBe('explicitDeny')
  expect(result?.ResourceSpecificResults?.[0]?.MatchedStatements).toEqual([
    { SourcePolicyId: 'own', SourcePolicyType: 'role' },
  ])
})

test('the user may do everything, a node what its role says', async () => {
  const actions = ['ssm:UpdateInstanceInformation', 's3:PutObject', 'ec2:RunInstances']
  const decide = async (PolicySourceArn: string) => {
    const { EvaluationResults = [] } = await world.iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn,
        ActionNames: actions,
        ResourceArns: ['arn:aws:s3:::muster-000000000000-us-east-1/x'],
      }),
    )
    const found = new Map(EvaluationResults.map((one) => [one.EvalActionName, one.EvalDecision]))
    return actions.map((action) => found.get(action))
  }
  expect(await decide('arn:aws:iam::000000000000:user/sandbox')).toEqual(['allowed', 'allowed', 'allowed'])
  expect(await decide('arn:aws:iam::000000000000:role/muster-node')).toEqual(['allowed', 'allowed', 'implicitDeny'])
})

const ask = (Marker?: string) =>
  world.iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: ROLE,
      ActionNames: ['ec2:DescribeA', 'ec2:DescribeB', 'ec2:DescribeC'],
      MaxItems: 2,
      Marker,
    }),
  )

test('results come in pages', async () => {
  const first = await ask()
  expect([first.EvaluationResults?.length, first.IsTruncated]).toEqual([2, true])
  const rest = await ask(first.Marker)
  expect([rest.EvaluationResults?.length, rest.IsTruncated]).toEqual([1, false])
})

test.each([
  ['arn:aws:sts::000000000000:assumed-role/muster-node/i-0', 'InvalidInput', /does not clearly define entity type/],
  ['arn:aws:iam::000000000000:role/tester', 'NoSuchEntity', /cannot be found/],
  ['arn:aws:iam::999999999999:user/sandbox', 'NoSuchEntity', /cannot be found/],
])('%s is no principal here', async (PolicySourceArn, code, words) => {
  const [name, message] = await refusal(simulate('ec2:RunInstances', { PolicySourceArn }))
  expect(name).toBe(code)
  expect(message).toMatch(words)
})
