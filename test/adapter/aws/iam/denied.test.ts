import { CreateVpcCommand, DeleteVpcCommand, DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectAccess } from '../../../../src/aws/iam/access.ts'
import { fakeIdentity } from '../../../fakes/identity.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const iam = mockClient(IAMClient)
const ec2 = mockClient(EC2Client)
const USER = 'arn:aws:iam::000000000000:user/tester'

function access(arn = USER) {
  const identity = fakeIdentity()
  identity.whoAmI = async () => ({ account: '000000000000', arn, region: 'us-east-1' })
  return connectAccess(mockSettings(), identity)
}
const result = (EvalActionName: string, EvalDecision: 'allowed' | 'implicitDeny', single: readonly string[] = []) => ({
  EvalActionName,
  EvalDecision,
  ResourceSpecificResults: single.map((EvalResourceDecision) => ({
    EvalResourceName: '*',
    EvalResourceDecision: EvalResourceDecision as 'allowed',
  })),
})
const inputs = () => iam.commandCalls(SimulatePrincipalPolicyCommand).map((call) => call.args[0].input)

beforeEach(() => {
  iam.reset()
  ec2.reset()
  ec2.onAnyCommand().rejects(awsFailure('DryRunOperation', 'would have succeeded', 412))
})

describe('which rights are missing', () => {
  it('is what no policy allows on any resource that muster uses; all pages, service by service', async () => {
    const ec2Actions = { ActionNames: ['ec2:CreateFleet', 'ec2:CreateVpc', 'ec2:X'] }
    iam
      .on(SimulatePrincipalPolicyCommand, ec2Actions)
      .resolvesOnce({ EvaluationResults: [result('ec2:CreateFleet', 'allowed')], IsTruncated: true, Marker: 'm' })
      .resolvesOnce({
        EvaluationResults: [
          result('ec2:CreateVpc', 'implicitDeny', ['implicitDeny', 'allowed']),
          result('ec2:X', 'implicitDeny'),
        ],
      })
      .on(SimulatePrincipalPolicyCommand, { ActionNames: ['s3:GetObject'] })
      .resolves({ EvaluationResults: [result('s3:GetObject', 'implicitDeny', ['implicitDeny'])] })
    const actions = ['ec2:CreateFleet', 'ec2:CreateVpc', 'ec2:X', 's3:GetObject']
    expect(await access().denied(actions)).toEqual(['ec2:X', 's3:GetObject'])
    expect(new Set(inputs().map((input) => input.PolicySourceArn))).toEqual(new Set([USER]))
    expect(inputs().map((input) => input.Marker)).toContain('m')
    const ofS3 = inputs().find((input) => input.ActionNames?.includes('s3:GetObject'))
    expect(ofS3?.ResourceArns).toContain('arn:aws:s3:::muster-000000000000-us-east-1/x')
  })

  it('is asked of the role behind a session, whose path no session names', async () => {
    iam.on(GetRoleCommand).resolves({ Role: { Arn: 'arn:aws:iam::000000000000:role/teams/hpc' } as never })
    iam.on(SimulatePrincipalPolicyCommand).resolves({ EvaluationResults: [] })
    await access('arn:aws:sts::000000000000:assumed-role/hpc/me').denied(['ec2:CreateVpc'])
    expect(iam.commandCalls(GetRoleCommand)[0]?.args[0].input).toEqual({ RoleName: 'hpc' })
    expect(inputs()[0]?.PolicySourceArn).toBe('arn:aws:iam::000000000000:role/teams/hpc')
  })

  it('is nothing for the account itself', async () => {
    expect(await access('arn:aws:iam::000000000000:root').denied(['ec2:CreateVpc'])).toEqual([])
    expect(inputs()).toEqual([])
  })

  it('is what EC2 refuses to rehearse where IAM may not be asked, and nothing is made', async () => {
    iam.on(SimulatePrincipalPolicyCommand).rejects(awsFailure('AccessDenied', 'no', 403))
    ec2.on(CreateVpcCommand).rejects(awsFailure('UnauthorizedOperation', 'no', 403))
    expect(await access().denied(['ec2:CreateVpc', 'ec2:DescribeInstances', 'iam:PassRole'])).toEqual(['ec2:CreateVpc'])
    for (const command of [CreateVpcCommand, DescribeInstancesCommand]) {
      expect(ec2.commandCalls(command as typeof CreateVpcCommand)[0]?.args[0].input).toMatchObject({ DryRun: true })
    }
  })

  it('is nothing where the endpoint makes what was to be rehearsed, which goes at once', async () => {
    iam.on(SimulatePrincipalPolicyCommand).rejects(awsFailure('AccessDenied', 'no', 403))
    ec2.on(CreateVpcCommand).resolves({ Vpc: { VpcId: 'vpc-1' } })
    ec2.on(DeleteVpcCommand).rejects(awsFailure('UnauthorizedOperation', 'no', 403))
    expect(await access().denied(['ec2:CreateVpc'])).toBeNull()
    expect(ec2.commandCalls(DeleteVpcCommand).map((call) => call.args[0].input)).toEqual([{ VpcId: 'vpc-1' }])
  })

  it('is unknown where neither tells', async () => {
    iam.on(SimulatePrincipalPolicyCommand).rejects(awsFailure('AccessDenied', 'no', 403))
    expect(await access().denied(['ec2:CreateVpc', 'iam:PassRole'])).toBeNull()
    expect(await access('arn:aws:sts::000000000000:federated-user/x').denied(['iam:PassRole'])).toBeNull()
  })
})
