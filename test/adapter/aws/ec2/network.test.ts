import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type Route,
} from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectCompute } from '../../../../src/aws/ec2/compute.ts'
import { wayOut } from '../../../../src/aws/ec2/way-out.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
const subnet = (SubnetId: string, VpcId = 'vpc-1', AvailabilityZone = 'us-east-1a') => ({
  SubnetId,
  VpcId,
  AvailabilityZone,
  AvailableIpAddressCount: 100,
  MapPublicIpOnLaunch: false,
})
const filtersOf = (command: typeof DescribeSubnetsCommand) =>
  ec2.commandCalls(command).map((call) => call.args[0].input.Filters)
const network = (choice: Parameters<ReturnType<typeof connectCompute>['network']>[0]) =>
  connectCompute(mockSettings()).network(choice)
const nothing = { vpc: null, subnets: null, securityGroups: null }

beforeEach(() => {
  ec2.reset()
  ec2.on(DescribeVpcsCommand).resolves({ Vpcs: [] })
  ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [subnet('subnet-1')] })
  ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [] })
  ec2.on(DescribeRouteTablesCommand).resolves({ RouteTables: [] })
  ec2.on(DescribeVpcEndpointsCommand).resolves({ VpcEndpoints: [] })
})

const hasVpc = (filter: string, VpcId: string) =>
  ec2
    .on(DescribeVpcsCommand, { Filters: [{ Name: filter, Values: [filter === 'is-default' ? 'true' : 'vpc'] }] })
    .resolves({ Vpcs: [{ VpcId }] })

describe('the network of a fleet', () => {
  it('is the one that muster setup made, its private subnets alone', async () => {
    hasVpc('tag:muster:network', 'vpc-1')
    hasVpc('is-default', 'vpc-9')
    expect(await network(null)).toMatchObject({ origin: 'setup', vpc: 'vpc-1', groups: null })
    expect(filtersOf(DescribeSubnetsCommand)[0]).toContainEqual({ Name: 'tag:muster:network', Values: ['private'] })
  })

  it('is the default VPC where nothing was set up, and else what to do', async () => {
    hasVpc('is-default', 'vpc-9')
    expect(await network(null)).toMatchObject({ origin: 'default', vpc: 'vpc-9' })
    expect(filtersOf(DescribeSubnetsCommand)[0]).toContainEqual({ Name: 'default-for-az', Values: ['true'] })
    ec2.on(DescribeVpcsCommand).resolves({ Vpcs: [] })
    await expect(network(null)).rejects.toMatchObject({
      code: 'NetworkUnfit',
      suggestions: ['muster setup', 'aws ec2 create-default-vpc --region us-east-1'],
    })
  })

  it('follows from any part that is named alone', async () => {
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: 'sg-1', VpcId: 'vpc-1' }] })
    for (const part of [{ vpc: 'vpc-1' }, { subnets: ['subnet-1'] }, { securityGroups: ['sg-1'] }]) {
      expect(await network({ ...nothing, ...part })).toMatchObject({
        origin: 'named',
        vpc: 'vpc-1',
        subnets: [{ id: 'subnet-1', zone: 'us-east-1a', freeAddresses: 100, givesPublicAddress: false }],
      })
    }
  })

  it.each([
    ['a subnet', { subnets: ['subnet-1', 'subnet-2'] }, /the subnet subnet-2 does not exist in us-east-1/],
    ['a group', { securityGroups: ['sg-1'] }, /the security group sg-1 does not exist/],
    ['a VPC', { vpc: 'vpc-7' }, /the VPC vpc-7 does not exist/],
  ])('names %s that is not there', async (_what, part, message) => {
    if ('vpc' in part) ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [] })
    await expect(network({ ...nothing, ...part })).rejects.toMatchObject({
      code: 'NetworkUnfit',
      message: expect.stringMatching(message),
    })
  })

  it('refuses subnets of two VPCs', async () => {
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [subnet('subnet-1'), subnet('subnet-2', 'vpc-2')] })
    await expect(network({ ...nothing, subnets: ['subnet-1', 'subnet-2'] })).rejects.toMatchObject({
      message: 'the subnet subnet-2 is in vpc-2, not in vpc-1',
    })
  })

  it('reads what a named group lets through to itself', async () => {
    const itself = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1' }] }
    const world = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
    const group = { GroupId: 'sg-1', VpcId: 'vpc-1', IpPermissions: [itself], IpPermissionsEgress: [world] }
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [group] })
    const { groups } = await network({ ...nothing, securityGroups: ['sg-1'] })
    expect(groups).toEqual([{ id: 'sg-1', vpc: 'vpc-1', selfIngress: true, selfEgress: false }])
  })

  it('says that ways out are unknown where the endpoint knows no routes', async () => {
    hasVpc('is-default', 'vpc-1')
    ec2.on(DescribeRouteTablesCommand).rejects(awsFailure('InvalidAction'))
    ec2.on(DescribeVpcEndpointsCommand).rejects(awsFailure('InvalidAction'))
    expect(await network(null)).toMatchObject({ endpoints: null, subnets: [{ wayOut: 'unknown' }] })
  })
})

const table = (Routes: Route[], SubnetId?: string) => ({
  VpcId: 'vpc-1',
  Associations: [SubnetId === undefined ? { Main: true } : { SubnetId }],
  Routes: [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' }, ...Routes],
})
const everywhere = { DestinationCidrBlock: '0.0.0.0/0' }

describe('the way out of a subnet', () => {
  it.each([
    ['nat', [table([{ ...everywhere, NatGatewayId: 'nat-1' }])]],
    ['internet', [table([{ ...everywhere, GatewayId: 'igw-1' }])]],
    ['other', [table([{ ...everywhere, TransitGatewayId: 'tgw-1' }])]],
    ['other', [table([{ DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-1' }])]],
    ['none', [table([])]],
    ['none', [table([{ DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1' }])]],
    ['none', [table([{ ...everywhere, NatGatewayId: 'nat-1', State: 'blackhole' }])]],
    ['none', [table([{ ...everywhere, GatewayId: 'igw-1' }]), table([], 'subnet-1')]],
    ['unknown', null],
  ] as const)('is %s', (expected, tables) => {
    expect(wayOut('subnet-1', 'vpc-1', tables as never)).toBe(expected)
  })
})
