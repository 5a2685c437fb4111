import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectAccess } from '../../../../src/aws/iam/access.ts'
import { policyDocument } from '../../../../src/launch/policies.ts'
import { fakeIdentity } from '../../../fakes/identity.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const iam = mockClient(IAMClient)
const policy = policyDocument('node', '000000000000')
const access = () => connectAccess(mockSettings(), fakeIdentity())
const wanted = { policy, action: 'setup/role' }
const ours = [
  { Key: 'muster:network', Value: 'role' },
  { Key: 'muster:region:us-east-1', Value: '' },
]

beforeEach(() => {
  iam.reset()
  iam.onAnyCommand().resolves({})
})

const there = (tags: object[], document: string | null) => {
  iam.on(GetRoleCommand).resolves({ Role: { Arn: 'arn:role', Tags: tags } as never })
  iam.on(GetInstanceProfileCommand).resolves({ InstanceProfile: { Tags: tags, Roles: [{}] } as never })
  iam.on(ListAttachedRolePoliciesCommand).resolves({
    AttachedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore' }],
  })
  iam.on(ListRolesCommand).resolves({ Roles: [{} as never] })
  if (document === null) iam.on(GetRolePolicyCommand).rejects(awsFailure('NoSuchEntityException', 'none', 404))
  else iam.on(GetRolePolicyCommand).resolves({ PolicyDocument: encodeURIComponent(document) })
}

describe('the node role', () => {
  it('can be taken by instances alone, has SSM and the buckets, and says what it is', async () => {
    await access().grant({ what: 'role' }, wanted)
    const made = iam.commandCalls(CreateRoleCommand)[0]?.args[0].input
    expect(JSON.parse(made?.AssumeRolePolicyDocument ?? '').Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ])
    expect(made?.Tags).toEqual(expect.arrayContaining(ours))
    expect(iam.commandCalls(PutRolePolicyCommand)[0]?.args[0].input.PolicyDocument).toBe(policy)
    expect(iam.commandCalls(AttachRolePolicyCommand)[0]?.args[0].input.PolicyArn).toMatch(
      /AmazonSSMManagedInstanceCore$/,
    )
  })

  it('is mended where it is there already', async () => {
    iam.on(CreateRoleCommand).rejects(awsFailure('EntityAlreadyExistsException', 'there', 409))
    iam.on(AddRoleToInstanceProfileCommand).rejects(awsFailure('LimitExceededException', 'one role', 409))
    await access().grant({ what: 'role' }, wanted)
    await access().grant({ what: 'profile' }, wanted)
    expect(iam.commandCalls(PutRolePolicyCommand)).toHaveLength(1)
  })

  it('takes a service role that somebody made meanwhile, and no other refusal', async () => {
    const part = { what: 'service-role', service: 'spot.amazonaws.com' } as const
    iam
      .on(CreateServiceLinkedRoleCommand)
      .rejects(awsFailure('InvalidInputException', 'Service role name X has been taken in this account'))
    await access().grant(part, wanted)
    iam.on(CreateServiceLinkedRoleCommand).rejects(awsFailure('InvalidInputException', 'no such service'))
    await expect(access().grant(part, wanted)).rejects.toMatchObject({ code: 'CloudRefused' })
  })

  it('loses its policies before it goes, and is gone where it was', async () => {
    for (const command of [DetachRolePolicyCommand, DeleteRolePolicyCommand, DeleteRoleCommand]) {
      iam.on(command as typeof DeleteRoleCommand).rejects(awsFailure('NoSuchEntityException', 'gone', 404))
    }
    await access().withdraw({ what: 'role' })
    expect(iam.calls().map((call) => call.args[0].constructor.name)).toEqual([
      'DetachRolePolicyCommand',
      'DeleteRolePolicyCommand',
      'DeleteRoleCommand',
    ])
  })
})

describe('what is there', () => {
  it('is read with its regions, and its policy compared by content', async () => {
    there(ours, JSON.stringify(JSON.parse(policy), null, 2))
    expect(await access().observe(policy)).toEqual({
      role: { ours: true, ssm: true, buckets: true, regions: ['us-east-1'] },
      profile: { ours: true, hasRole: true },
      serviceRoles: ['spot.amazonaws.com', 'fsx.amazonaws.com'],
    })
    there(ours, '{"Version":"2012-10-17"}')
    expect((await access().observe(policy)).role?.buckets).toBe(false)
    expect(iam.commandCalls(SimulatePrincipalPolicyCommand)).toEqual([])
  })

  it.each([
    ['allowed', true],
    ['implicitDeny', false],
  ] as const)('of somebody else is judged by what it allows: %s', async (EvalDecision, buckets) => {
    there([], null)
    const EvaluationResults = [{ EvalActionName: 's3:GetObject', EvalDecision }]
    iam.on(SimulatePrincipalPolicyCommand).resolves({ EvaluationResults })
    expect((await access().observe(policy)).role).toMatchObject({ ours: false, buckets })
  })

  it('may be nothing', async () => {
    for (const command of [GetRoleCommand, GetInstanceProfileCommand]) {
      iam.on(command as typeof GetRoleCommand).rejects(awsFailure('NoSuchEntityException', 'none', 404))
    }
    iam.on(ListRolesCommand).resolves({ Roles: [] })
    expect(await access().observe(policy)).toEqual({ role: null, profile: null, serviceRoles: [] })
  })
})
