import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteRouteTableCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeAddressesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal, run, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { manualClock } from './manual-clock.ts'
import type { ManualClock } from './manual-clock.ts'

let world: Ec2World
let clock: ManualClock

beforeEach(async () => {
  clock = manualClock()
  world = await startEc2({ clock, pace: { natGatewayMs: 60_000 } })
})

afterEach(() => world.close())

async function newVpc(cidr = '10.0.0.0/16'): Promise<string> {
  const { Vpc } = await world.ec2.send(new CreateVpcCommand({ CidrBlock: cidr }))
  return Vpc?.VpcId ?? ''
}

async function newSubnet(vpcId: string, cidr: string, zone = 'us-east-1a'): Promise<string> {
  const input = { VpcId: vpcId, CidrBlock: cidr, AvailabilityZone: zone }
  const { Subnet } = await world.ec2.send(new CreateSubnetCommand(input))
  return Subnet?.SubnetId ?? ''
}

const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusal(call)).code

test('a network comes with its main route table, default group and default ACL, and goes with them', async () => {
  const { ec2 } = world
  const tags = [{ ResourceType: 'vpc' as const, Tags: [{ Key: 'Name', Value: 'hpc' }] }]
  const made = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.7.3.1/16', TagSpecifications: tags }))
  expect(made.Vpc).toMatchObject({ CidrBlock: '10.7.0.0/16', State: 'pending', Tags: [{ Key: 'Name', Value: 'hpc' }] })
  const id = made.Vpc?.VpcId ?? ''
  const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [id] }] }
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'tag:Name', Values: ['hpc'] }] }))
  expect(Vpcs).toMatchObject([{ VpcId: id, State: 'available', IsDefault: false }])
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand(ofVpc))
  expect(RouteTables).toMatchObject([
    { Associations: [{ Main: true }], Routes: [{ DestinationCidrBlock: '10.7.0.0/16', GatewayId: 'local' }] },
  ])
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand(ofVpc))
  expect(SecurityGroups?.map((group) => group.GroupName)).toEqual(['default'])
  const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand(ofVpc))
  expect(NetworkAcls).toMatchObject([{ IsDefault: true, Associations: [] }])

  await ec2.send(new DeleteVpcCommand({ VpcId: id }))
  expect(await codeOf(ec2.send(new DescribeVpcsCommand({ VpcIds: [id] })))).toBe('InvalidVpcID.NotFound')
  expect((await ec2.send(new DescribeRouteTablesCommand(ofVpc))).RouteTables).toEqual([])
})

test.each([
  ['10.0.0.0/15', 'InvalidVpc.Range'],
  ['10.0.0.0/29', 'InvalidVpc.Range'],
  ['10.0.0.256/16', 'InvalidParameterValue'],
  ['ten', 'InvalidParameterValue'],
])('a network of %s is refused with %s', async (cidr, code) => {
  expect(await codeOf(newVpc(cidr))).toBe(code)
})

test('a region has five networks, the default one counted', async () => {
  for (let index = 0; index < 4; index += 1) await newVpc(`10.${index}.0.0/16`)
  expect(await refusal(newVpc())).toMatchObject({
    code: 'VpcLimitExceeded',
    message: 'The maximum number of VPCs has been reached.',
  })
})

test('subnets lie in the network, do not overlap, and keep five addresses', async () => {
  const { ec2 } = world
  const vpc = await newVpc()
  const first = await newSubnet(vpc, '10.0.0.0/28')
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [first] }))
  expect(Subnets).toMatchObject([{ AvailableIpAddressCount: 11, MapPublicIpOnLaunch: false, DefaultForAz: false }])
  expect(await refusal(newSubnet(vpc, '10.0.0.0/24'))).toMatchObject({
    code: 'InvalidSubnet.Conflict',
    message: "The CIDR '10.0.0.0/24' conflicts with another subnet",
  })
  for (const cidr of ['10.1.0.0/24', '10.0.1.0/29', '10.0.0.0/8'])
    expect(await codeOf(newSubnet(vpc, cidr))).toBe('InvalidSubnet.Range')
  expect(await codeOf(newSubnet(vpc, '10.0.1.0/24', 'us-west-2a'))).toBe('InvalidParameterValue')
  await ec2.send(new ModifySubnetAttributeCommand({ SubnetId: first, MapPublicIpOnLaunch: { Value: true } }))
  const filter = [
    { Name: 'map-public-ip-on-launch', Values: ['true'] },
    { Name: 'vpc-id', Values: [vpc] },
  ]
  expect((await ec2.send(new DescribeSubnetsCommand({ Filters: filter }))).Subnets).toHaveLength(1)
})

test('an instance in a made network uses its addresses; subnet and network stay while it lives', async () => {
  const { ec2 } = world
  const vpc = await newVpc()
  const subnet = await newSubnet(vpc, '10.0.0.0/28')
  const free = async () =>
    (await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnet] }))).Subnets?.[0]?.AvailableIpAddressCount
  expect(await codeOf(run(world, { SubnetId: subnet, MinCount: 12, MaxCount: 12 }))).toBe(
    'InsufficientFreeAddressesInSubnet',
  )
  await run(world, { SubnetId: subnet, MinCount: 3, MaxCount: 3 })
  expect(await free()).toBe(8)
  expect(await refusal(ec2.send(new DeleteSubnetCommand({ SubnetId: subnet })))).toMatchObject({
    code: 'DependencyViolation',
    message: `The subnet '${subnet}' has dependencies and cannot be deleted.`,
  })
  expect(await refusal(ec2.send(new DeleteVpcCommand({ VpcId: vpc })))).toMatchObject({
    code: 'DependencyViolation',
    message: `The vpc '${vpc}' has dependencies and cannot be deleted.`,
  })
})

test('names in a network: two attributes, changed one at a time', async () => {
  const { ec2 } = world
  const vpc = await newVpc()
  const hostnames = async () =>
    (await ec2.send(new DescribeVpcAttributeCommand({ VpcId: vpc, Attribute: 'enableDnsHostnames' })))
      .EnableDnsHostnames?.Value
  expect(await hostnames()).toBe(false)
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsHostnames: { Value: true } }))
  expect(await hostnames()).toBe(true)
  const both = { VpcId: vpc, EnableDnsHostnames: { Value: true }, EnableDnsSupport: { Value: true } }
  expect(await codeOf(ec2.send(new ModifyVpcAttributeCommand(both)))).toBe('InvalidParameterCombination')
})

test('an internet gateway has one network, a network one gateway, and routes follow it', async () => {
  const { ec2 } = world
  const vpc = await newVpc()
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}))
  const gateway = { InternetGatewayId: InternetGateway?.InternetGatewayId ?? '' }
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpc, ClientToken: 't' }))
  const again = await ec2.send(new CreateRouteTableCommand({ VpcId: vpc, ClientToken: 't' }))
  expect(again.RouteTable?.RouteTableId).toBe(RouteTable?.RouteTableId)
  const table = { RouteTableId: RouteTable?.RouteTableId ?? '' }
  const toGateway = { ...table, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway.InternetGatewayId }
  expect(await codeOf(ec2.send(new CreateRouteCommand(toGateway)))).toBe('InvalidParameterValue')
  await ec2.send(new AttachInternetGatewayCommand({ ...gateway, VpcId: vpc }))
  expect(await codeOf(ec2.send(new AttachInternetGatewayCommand({ ...gateway, VpcId: vpc })))).toBe(
    'Resource.AlreadyAssociated',
  )
  await ec2.send(new CreateRouteCommand(toGateway))
  await ec2.send(new CreateRouteCommand(toGateway))

  const subnet = await newSubnet(vpc, '10.0.0.0/24')
  const { AssociationId = '' } = await ec2.send(new AssociateRouteTableCommand({ ...table, SubnetId: subnet }))
  const bySubnet = { Filters: [{ Name: 'association.subnet-id', Values: [subnet] }] }
  const shown = (await ec2.send(new DescribeRouteTablesCommand(bySubnet))).RouteTables?.[0]
  expect(shown?.Routes).toContainEqual(
    expect.objectContaining({
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: gateway.InternetGatewayId,
      State: 'active',
    }),
  )
  expect(await codeOf(ec2.send(new DeleteRouteTableCommand(table)))).toBe('DependencyViolation')
  expect(await codeOf(ec2.send(new DeleteInternetGatewayCommand(gateway)))).toBe('DependencyViolation')
  await ec2.send(new DetachInternetGatewayCommand({ ...gateway, VpcId: vpc }))
  const after = (await ec2.send(new DescribeRouteTablesCommand(bySubnet))).RouteTables?.[0]
  expect(after?.Routes?.find((route) => route.DestinationCidrBlock === '0.0.0.0/0')?.State).toBe('blackhole')
  expect(await codeOf(ec2.send(new DetachInternetGatewayCommand({ ...gateway, VpcId: vpc })))).toBe(
    'Gateway.NotAttached',
  )
  await ec2.send(new DisassociateRouteTableCommand({ AssociationId }))
  await ec2.send(new DeleteRouteTableCommand(table))
  await ec2.send(new DeleteInternetGatewayCommand(gateway))
  await ec2.send(new DeleteSubnetCommand({ SubnetId: subnet }))
  await ec2.send(new DeleteVpcCommand({ VpcId: vpc }))
})

test('a NAT gateway is pending, then available; its address and subnet are free when it is deleted, not before', async () => {
  const { ec2 } = world
  const vpc = await newVpc()
  const subnet = await newSubnet(vpc, '10.0.0.0/24')
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}))
  const attachment = { InternetGatewayId: InternetGateway?.InternetGatewayId ?? '', VpcId: vpc }
  await ec2.send(new AttachInternetGatewayCommand(attachment))
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }))
  const tags = [{ ResourceType: 'natgateway' as const, Tags: [{ Key: 'a', Value: 'b' }] }]
  const wanted = { SubnetId: subnet, AllocationId, ClientToken: 'n', TagSpecifications: tags }
  const { NatGateway } = await ec2.send(new CreateNatGatewayCommand(wanted))
  expect(NatGateway).toMatchObject({ State: 'pending', VpcId: vpc, Tags: [{ Key: 'a', Value: 'b' }] })
  const id = NatGateway?.NatGatewayId ?? ''
  expect((await ec2.send(new CreateNatGatewayCommand(wanted))).NatGateway?.NatGatewayId).toBe(id)
  const state = async () =>
    (await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }))).NatGateways?.[0]?.State
  await clock.forward(60_000)
  expect(await state()).toBe('available')
  expect((await ec2.send(new DescribeTagsCommand({}))).Tags).toMatchObject([{ ResourceType: 'natgateway' }])
  expect((await ec2.send(new DescribeAddressesCommand({}))).Addresses).toMatchObject([{ AllocationId }])
  expect(await codeOf(ec2.send(new DetachInternetGatewayCommand(attachment)))).toBe('DependencyViolation')

  await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }))
  expect(await state()).toBe('deleting')
  expect(await codeOf(ec2.send(new ReleaseAddressCommand({ AllocationId })))).toBe('InvalidIPAddress.InUse')
  expect(await codeOf(ec2.send(new DeleteSubnetCommand({ SubnetId: subnet })))).toBe('DependencyViolation')
  await clock.forward(60_000)
  expect(await state()).toBe('deleted')
  await ec2.send(new ReleaseAddressCommand({ AllocationId }))
  await ec2.send(new DetachInternetGatewayCommand(attachment))
  await ec2.send(new DeleteSubnetCommand({ SubnetId: subnet }))
  await ec2.send(new DeleteVpcCommand({ VpcId: vpc }))
  await clock.forward(3_600_000)
  expect(await refusal(ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id] })))).toMatchObject({
    code: 'NatGatewayNotFound',
    message: `NAT gateway ${id} was not found`,
  })
})

test('a NAT gateway in a network without internet gateway fails, and says why', async () => {
  const { ec2 } = world
  const vpc = await newVpc()
  const subnet = await newSubnet(vpc, '10.0.0.0/24')
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({}))
  await ec2.send(new CreateNatGatewayCommand({ SubnetId: subnet, AllocationId }))
  await clock.forward(60_000)
  expect((await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways).toMatchObject([
    {
      State: 'failed',
      FailureCode: 'Gateway.NotAttached',
      FailureMessage: `Network ${vpc} has no Internet gateway attached`,
    },
  ])
  await ec2.send(new DeleteSubnetCommand({ SubnetId: subnet }))
})
