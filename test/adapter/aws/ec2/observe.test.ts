import {
  DescribeInstancesCommand,
  DescribeLaunchTemplatesCommand,
  DescribePlacementGroupsCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectCompute } from '../../../../src/aws/ec2/compute.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
const fleetTag = (value: string) => [{ Key: 'muster:fleet', Value: value }]
const node = (id: string) => [{ Instances: [{ InstanceId: id, State: { Name: 'running' as const } }] }]
const withInterfaces = (...kinds: (string | undefined)[]) => ({
  NetworkInterfaces: kinds.map((InterfaceType) => ({ InterfaceType })),
})

beforeEach(() => {
  ec2.reset()
  ec2.on(DescribeInstancesCommand).resolves({})
  ec2.on(DescribeSecurityGroupsCommand).resolves({})
  ec2.on(DescribePlacementGroupsCommand).resolves({})
  ec2.on(DescribeLaunchTemplatesCommand).resolves({})
})

describe('observing over EC2', () => {
  it('asks by tag and turns what it sees into our words', async () => {
    ec2.on(DescribeInstancesCommand).resolves({
      Reservations: [
        {
          Instances: [
            {
              InstanceId: 'i-1',
              InstanceType: 'hpc7g.16xlarge',
              State: { Name: 'terminated' },
              StateReason: { Code: 'Client.X', Message: 'Client.X: because' },
              StateTransitionReason: 'User initiated (2026-11-23 14:02:10 GMT)',
              Placement: { AvailabilityZone: 'us-east-1a' },
              LaunchTime: new Date(5000),
              PrivateDnsName: '',
              Tags: [
                { Key: 'muster:cohort', Value: 'c0x1' },
                { Key: 'muster:max-life', Value: '86400' },
                { Key: 'muster:stage', Value: 'installed,future,mounted' },
              ],
            },
          ],
        },
      ],
    })
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: 'sg-1' }] })
    ec2.on(DescribePlacementGroupsCommand).resolves({
      PlacementGroups: [
        { GroupName: 'old', State: 'deleted' },
        { GroupName: 'muster-f', State: 'deleting' },
      ],
    })
    ec2.on(DescribeLaunchTemplatesCommand).resolves({
      LaunchTemplates: [
        {
          LaunchTemplateId: 'lt-1',
          LatestVersionNumber: 3,
          CreateTime: new Date(4000),
          Tags: [{ Key: 'muster:fingerprint', Value: 'abc' }],
        },
      ],
    })
    const view = await connectCompute(mockSettings()).observe('f')
    expect(view).toEqual({
      name: 'f',
      securityGroup: { id: 'sg-1' },
      placementGroup: { name: 'muster-f', state: 'deleting' },
      template: { id: 'lt-1', version: 3, fingerprint: 'abc', createdAt: 4000 },
      nodes: [
        {
          id: 'i-1',
          cohort: 'c0x1',
          instanceType: 'hpc7g.16xlarge',
          zone: 'us-east-1a',
          efaInterfaces: null,
          state: 'terminated',
          stateReason: 'Client.X: because',
          endedAt: Date.UTC(2026, 10, 23, 14, 2, 10),
          privateIp: null,
          hostname: null,
          launchedAt: 5000,
          maxLifeS: 86_400,
          purchase: 'on-demand',
          topology: [],
          draining: false,
          lead: false,
          replacedBy: null,
          mark: null,
          online: false,
          stages: new Set(['installed', 'mounted']),
        },
      ],
    })
    const filter = [{ Name: 'tag:muster:fleet', Values: ['f'] }]
    for (const call of ec2.calls()) expect(call.args[0].input).toMatchObject({ Filters: filter })
  })

  it('counts the EFA devices of a node, where the endpoint shows what its interfaces are', async () => {
    ec2.on(DescribeInstancesCommand).resolves({
      Reservations: [
        {
          Instances: [
            withInterfaces('efa', 'efa-only', 'efa-only'),
            withInterfaces('interface', 'efa-only'),
            withInterfaces('interface'),
          ],
        },
        { Instances: [withInterfaces(undefined), {}] },
      ],
    })
    const { nodes } = await connectCompute(mockSettings()).observe('f')
    expect(nodes.map((one) => one.efaInterfaces)).toEqual([3, 1, 0, null, null])
  })

  it('reads all pages, empty ones too', async () => {
    ec2
      .on(DescribeInstancesCommand)
      .resolvesOnce({ Reservations: node('i-1'), NextToken: 'a' })
      .resolvesOnce({ Reservations: [], NextToken: 'b' })
      .resolvesOnce({ Reservations: node('i-2') })
    const view = await connectCompute(mockSettings()).observe('f')
    expect(view.nodes.map((n) => n.id)).toEqual(['i-1', 'i-2'])
    const tokens = ec2.commandCalls(DescribeInstancesCommand).map((call) => call.args[0].input.NextToken)
    expect(tokens).toEqual([undefined, 'a', 'b'])
  })

  it('does without placement groups where the endpoint has none, asking once', async () => {
    ec2.on(DescribePlacementGroupsCommand).rejects(awsFailure('InvalidAction'))
    const compute = connectCompute(mockSettings())
    expect((await compute.observe('f')).placementGroup).toBeNull()
    await compute.observe('f')
    expect(ec2.commandCalls(DescribePlacementGroupsCommand)).toHaveLength(1)
  })

  it('does not hide that it is not allowed to look', async () => {
    ec2.on(DescribePlacementGroupsCommand).rejects(awsFailure('UnauthorizedOperation', 'no', 403))
    await expect(connectCompute(mockSettings()).observe('f')).rejects.toMatchObject({ code: 'NotAllowed' })
  })

  it('names each fleet once, and none of terminated nodes alone', async () => {
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [{ Tags: fleetTag('b') }] }] })
    ec2
      .on(DescribeSecurityGroupsCommand)
      .resolves({ SecurityGroups: [{ Tags: fleetTag('b') }, { Tags: fleetTag('a') }] })
    expect(await connectCompute(mockSettings()).fleets()).toEqual(['a', 'b'])
    const states = ec2.commandCalls(DescribeInstancesCommand)[0]?.args[0].input.Filters?.[1]?.Values
    expect(states).toContain('shutting-down')
    expect(states).not.toContain('terminated')
  })
})
