import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
} from '@aws-sdk/client-iam'
import type { CreateRoleCommandInput } from '@aws-sdk/client-iam'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { allow, refusal, startIam, TRUST } from './iam-world.ts'
import type { IamWorld } from './iam-world.ts'

const SSM = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'

let world: IamWorld
beforeEach(async () => {
  world = await startIam()
})
afterEach(() => world.close())

const create = (RoleName: string, more: Partial<CreateRoleCommandInput> = {}) =>
  world.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST, ...more }))

test('a role is made, shown, tagged and deleted', async () => {
  const { iam } = world
  const { Role } = await create('node', {
    Path: '/hpc/lab/',
    Description: 'nodes & more',
    MaxSessionDuration: 7200,
    Tags: [{ Key: 'muster:fleet', Value: 'a' }],
  })
  expect(Role).toMatchObject({
    Path: '/hpc/lab/',
    RoleName: 'node',
    RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    Arn: 'arn:aws:iam::000000000000:role/hpc/lab/node',
    Description: 'nodes & more',
    MaxSessionDuration: 7200,
    Tags: [{ Key: 'muster:fleet', Value: 'a' }],
  })
  expect(Role?.CreateDate).toBeInstanceOf(Date)
  expect(Role?.AssumeRolePolicyDocument).not.toContain('{')
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(TRUST)
  await iam.send(new TagRoleCommand({ RoleName: 'node', Tags: [{ Key: 'MUSTER:fleet', Value: 'b' }] }))
  await iam.send(new TagRoleCommand({ RoleName: 'node', Tags: [{ Key: 'more', Value: '' }] }))
  await iam.send(new UntagRoleCommand({ RoleName: 'node', TagKeys: ['MORE'] }))
  expect((await iam.send(new ListRoleTagsCommand({ RoleName: 'node' }))).Tags).toEqual([
    { Key: 'MUSTER:fleet', Value: 'b' },
  ])
  await iam.send(new DeleteRoleCommand({ RoleName: 'node' }))
  expect(await refusal(iam.send(new GetRoleCommand({ RoleName: 'node' })))).toEqual([
    'NoSuchEntity',
    'The role with name node cannot be found.',
    404,
  ])
})

test('the node role is there from the start, with what nodes need', async () => {
  const { iam } = world
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'muster-node' }))
  expect(Role?.Arn).toBe('arn:aws:iam::000000000000:role/muster-node')
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'muster-node' }))
  expect(AttachedPolicies).toEqual([{ PolicyName: 'AmazonSSMManagedInstanceCore', PolicyArn: SSM }])
})

test('roles are listed page by page, by path', async () => {
  const { iam } = world
  await Promise.all(['d', 'c', 'b', 'a'].map((name) => create(name, { Path: '/lab/' })))
  const first = await iam.send(new ListRolesCommand({ PathPrefix: '/lab/', MaxItems: 3 }))
  expect(first.Roles?.map((role) => role.RoleName)).toEqual(['a', 'b', 'c'])
  expect(first).toMatchObject({ IsTruncated: true, Marker: expect.any(String) })
  const rest = await iam.send(new ListRolesCommand({ PathPrefix: '/lab/', MaxItems: 3, Marker: first.Marker }))
  expect(rest.Roles?.map((role) => role.RoleName)).toEqual(['d'])
  expect(rest.IsTruncated).toBe(false)
  expect(rest.Marker).toBeUndefined()
  expect((await refusal(iam.send(new ListRolesCommand({ Marker: 'nobody' }))))[0]).toBe('ValidationError')
})

test('inline and attached policies hold a role until they are gone', async () => {
  const { iam } = world
  const at = { RoleName: 'node' }
  await create('node')
  const document = allow('s3:GetObject', 'arn:aws:s3:::a-bucket/*')
  await iam.send(new PutRolePolicyCommand({ ...at, PolicyName: 'read', PolicyDocument: document }))
  const read = await iam.send(new GetRolePolicyCommand({ ...at, PolicyName: 'read' }))
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(document)
  expect((await iam.send(new ListRolePoliciesCommand(at))).PolicyNames).toEqual(['read'])
  await iam.send(new AttachRolePolicyCommand({ ...at, PolicyArn: SSM }))
  await iam.send(new AttachRolePolicyCommand({ ...at, PolicyArn: SSM }))
  const conflict = ['DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409]
  expect(await refusal(iam.send(new DeleteRoleCommand(at)))).toEqual(conflict)
  await iam.send(new DetachRolePolicyCommand({ ...at, PolicyArn: SSM }))
  expect(await refusal(iam.send(new DetachRolePolicyCommand({ ...at, PolicyArn: SSM })))).toEqual([
    'NoSuchEntity',
    `Policy ${SSM} was not found.`,
    404,
  ])
  expect((await refusal(iam.send(new DeleteRoleCommand(at))))[1]).toMatch(/must delete policies first/)
  await iam.send(new DeleteRolePolicyCommand({ ...at, PolicyName: 'read' }))
  expect((await refusal(iam.send(new DeleteRolePolicyCommand({ ...at, PolicyName: 'read' }))))[0]).toBe('NoSuchEntity')
  await iam.send(new DeleteRoleCommand(at))
})

test.each<[string, (iam: IamWorld['iam']) => Promise<unknown>, string, RegExp, number]>([
  [
    'a taken name',
    () => create('Muster-Node'),
    'EntityAlreadyExists',
    /^Role with name Muster-Node already exists/,
    409,
  ],
  ['a bad name', () => create('a b'), 'ValidationError', /^The specified value for roleName is invalid/, 400],
  ['a long name', () => create('a'.repeat(65)), 'ValidationError', /length less than or equal to 64/, 400],
  ['a bad path', () => create('a', { Path: 'lab' }), 'ValidationError', /value for path is invalid/, 400],
  [
    'a short session',
    () => create('a', { MaxSessionDuration: 60 }),
    'ValidationError',
    /greater than or equal to 3600/,
    400,
  ],
  ['no JSON', () => create('a', { AssumeRolePolicyDocument: '{' }), 'MalformedPolicyDocument', /invalid Json/, 400],
  [
    'a resource in a trust policy',
    () => create('a', { AssumeRolePolicyDocument: allow('sts:AssumeRole') }),
    'MalformedPolicyDocument',
    /^Has prohibited field Resource$/,
    400,
  ],
  [
    'a principal that is no service',
    () => create('a', { AssumeRolePolicyDocument: TRUST.replace('ec2.amazonaws.com', 'ec2') }),
    'MalformedPolicyDocument',
    /^Invalid principal in policy: "SERVICE":"ec2"$/,
    400,
  ],
  [
    'tags that differ in case only',
    () =>
      create('a', {
        Tags: [
          { Key: 'K', Value: '1' },
          { Key: 'k', Value: '2' },
        ],
      }),
    'InvalidInput',
    /^Duplicate tag keys found/,
    400,
  ],
  [
    'an unknown managed policy',
    (iam) =>
      iam.send(
        new AttachRolePolicyCommand({ RoleName: 'muster-node', PolicyArn: 'arn:aws:iam::aws:policy/NoSuchPolicy' }),
      ),
    'NoSuchEntity',
    /NoSuchPolicy does not exist or is not attachable/,
    404,
  ],
  [
    'a policy that is too long',
    (iam) =>
      iam.send(
        new PutRolePolicyCommand({
          RoleName: 'muster-node',
          PolicyName: 'long',
          PolicyDocument: allow(Array.from({ length: 600 }, (_, index) => `s3:GetObject${index}`)),
        }),
      ),
    'LimitExceeded',
    /^Maximum policy size of 10240 bytes exceeded for role muster-node$/,
    409,
  ],
])('%s is refused', async (_, call, code, words, status) => {
  const [name, message, httpStatus] = await refusal(call(world.iam))
  expect([name, httpStatus]).toEqual([code, status])
  expect(message).toMatch(words)
})

test.each([
  ['{}', /Syntax errors/],
  [JSON.stringify({ Version: '2013-01-01', Statement: [] }), /Syntax errors/],
  [allow('GetObject'), /prefaced by a vendor/],
  [allow('s3:Get:Object'), /only one colon/],
  [allow('s3:GetObject', 'a-bucket'), /^Resource a-bucket must be in ARN format or "\*"\.$/],
  [allow([]), /must contain actions/],
  [allow('s3:*', '*', { Principal: '*' }), /should not specify a principal/],
  [allow('s3:*', '*', { NotAction: 's3:*' }), /Syntax errors/],
  [allow('s3:*', '*', { Condition: { StringIsh: { a: 'b' } } }), /Syntax errors/],
])('the policy %s is malformed', async (PolicyDocument, words) => {
  const put = new PutRolePolicyCommand({ RoleName: 'muster-node', PolicyName: 'p', PolicyDocument })
  const [code, message] = await refusal(world.iam.send(put))
  expect(code).toBe('MalformedPolicyDocument')
  expect(message).toMatch(words)
})

test('roles of services are made once and are not to be changed', async () => {
  const { iam } = world
  const make = () => iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'spot.amazonaws.com' }))
  expect((await make()).Role?.Arn).toBe(
    'arn:aws:iam::000000000000:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot',
  )
  expect(await refusal(make())).toEqual([
    'InvalidInput',
    'Service role name AWSServiceRoleForEC2Spot has been taken in this account, please try a different suffix.',
    400,
  ])
  expect((await refusal(iam.send(new DeleteRoleCommand({ RoleName: 'AWSServiceRoleForEC2Spot' }))))[0]).toBe(
    'UnmodifiableEntity',
  )
})

test('the user and the account', async () => {
  const { User } = await world.iam.send(new GetUserCommand({}))
  expect(User).toMatchObject({ UserName: 'sandbox', Arn: 'arn:aws:iam::000000000000:user/sandbox' })
  expect((await refusal(world.iam.send(new GetUserCommand({ UserName: 'else' }))))[0]).toBe('NoSuchEntity')
  expect((await world.iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([])
})
