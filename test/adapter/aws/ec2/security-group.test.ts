import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectCompute } from '../../../../src/aws/ec2/compute.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
const among: IpPermission = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1' }] }
const https: IpPermission = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
const everywhere: IpPermission = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }

/** The rules that were changed, in order: `+in`, `-in`, `+out`, `-out` with the rule. */
function changes() {
  const kinds = [
    ['+in', AuthorizeSecurityGroupIngressCommand],
    ['-in', RevokeSecurityGroupIngressCommand],
    ['+out', AuthorizeSecurityGroupEgressCommand],
    ['-out', RevokeSecurityGroupEgressCommand],
  ] as const
  return kinds.flatMap(([sign, command]) =>
    ec2.commandCalls(command as typeof AuthorizeSecurityGroupIngressCommand).map((call) => {
      expect(call.args[0].input.GroupId).toBe('sg-1')
      return [sign, call.args[0].input.IpPermissions?.[0]]
    }),
  )
}

beforeEach(() => {
  ec2.reset()
  ec2.onAnyCommand().resolves({})
  ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [] })
  ec2.on(CreateSecurityGroupCommand).resolves({ GroupId: 'sg-1' })
})

describe('the security group', () => {
  it('is made in the VPC of the fleet, open to itself and outward to HTTPS alone', async () => {
    expect(await connectCompute(mockSettings()).ensureSecurityGroup('f', 'act', 'vpc-1')).toEqual({ id: 'sg-1' })
    expect(ec2.commandCalls(CreateSecurityGroupCommand)[0]?.args[0].input).toMatchObject({
      GroupName: 'muster-f',
      VpcId: 'vpc-1',
      TagSpecifications: [
        {
          ResourceType: 'security-group',
          Tags: expect.arrayContaining([
            { Key: 'muster:fleet', Value: 'f' },
            { Key: 'muster:action', Value: 'act' },
          ]),
        },
      ],
    })
    expect(changes()).toEqual([
      ['+in', among],
      ['+out', among],
      ['+out', https],
      ['-out', everywhere],
    ])
  })

  it('is left alone where it is whole', async () => {
    const described = { ...among, FromPort: -1, ToPort: -1 }
    ec2.on(DescribeSecurityGroupsCommand).resolves({
      SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: [described], IpPermissionsEgress: [among, https] }],
    })
    await connectCompute(mockSettings()).ensureSecurityGroup('f', 'act', 'vpc-1')
    expect([changes(), ec2.commandCalls(CreateSecurityGroupCommand)]).toEqual([[], []])
  })

  it('is mended where a crash left it half made, and closed where somebody opened it', async () => {
    const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
    const egress = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }], UserIdGroupPairs: [{ GroupId: 'sg-1' }] }
    ec2.on(DescribeSecurityGroupsCommand).resolves({
      SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: [ssh], IpPermissionsEgress: [egress] }],
    })
    await connectCompute(mockSettings()).ensureSecurityGroup('f', 'act', 'vpc-1')
    expect(changes()).toEqual([
      ['+in', among],
      ['-in', ssh],
      ['+out', https],
      ['-out', everywhere],
    ])
  })

  it('takes rules that are there already, and waits for a new group to be known', async () => {
    ec2
      .on(AuthorizeSecurityGroupIngressCommand)
      .rejectsOnce(awsFailure('InvalidGroup.NotFound'))
      .rejects(awsFailure('InvalidPermission.Duplicate'))
    ec2.on(RevokeSecurityGroupEgressCommand).rejects(awsFailure('InvalidPermission.NotFound'))
    await connectCompute(mockSettings()).ensureSecurityGroup('f', 'act', 'vpc-1')
    expect(ec2.commandCalls(AuthorizeSecurityGroupIngressCommand)).toHaveLength(2)
  })

  it('waits for one that exists but is not shown yet', async () => {
    ec2.on(CreateSecurityGroupCommand).rejects(awsFailure('InvalidGroup.Duplicate'))
    ec2
      .on(DescribeSecurityGroupsCommand)
      .resolvesOnce({})
      .resolvesOnce({})
      .resolves({ SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: [among], IpPermissionsEgress: [among, https] }] })
    expect(await connectCompute(mockSettings()).ensureSecurityGroup('f', 'act', 'vpc-1')).toEqual({ id: 'sg-1' })
  })

  it('is removed silently where it is gone, and not while it is held', async () => {
    const compute = connectCompute(mockSettings())
    ec2.on(DeleteSecurityGroupCommand).rejects(awsFailure('InvalidGroup.NotFound'))
    await compute.removeSecurityGroup('sg-1')
    ec2.on(DeleteSecurityGroupCommand).rejects(awsFailure('DependencyViolation'))
    await expect(compute.removeSecurityGroup('sg-1')).rejects.toMatchObject({ code: 'FleetBusy' })
  })
})
