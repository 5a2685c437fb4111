import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DescribeInstancesCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSimulatedMachines } from '../../../src/sandbox/machines/simulated/simulated-machines.ts'
import { run, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { manualClock } from './manual-clock.ts'
import type { ManualClock } from './manual-clock.ts'

/** Which instances' agents register, by what their network is. */
let world: Ec2World
let clock: ManualClock
let vpc: string

beforeEach(async () => {
  clock = manualClock()
  const machines = createSimulatedMachines({ after: (ms, callback) => clock.after(ms, callback) })
  world = await startEc2({ clock, machines })
  const { Vpc } = await world.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))
  vpc = Vpc?.VpcId ?? ''
  await world.ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsHostnames: { Value: true } }))
})

afterEach(() => world.close())

async function subnet(cidr: string): Promise<string> {
  const input = { VpcId: vpc, CidrBlock: cidr, AvailabilityZone: 'us-east-1a' }
  return (await world.ec2.send(new CreateSubnetCommand(input))).Subnet?.SubnetId ?? ''
}

async function routed(subnetId: string, target: { GatewayId?: string; NatGatewayId?: string }): Promise<void> {
  const { RouteTable } = await world.ec2.send(new CreateRouteTableCommand({ VpcId: vpc }))
  const RouteTableId = RouteTable?.RouteTableId ?? ''
  await world.ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: subnetId }))
  await world.ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', ...target }))
}

async function gateway(): Promise<string> {
  const { InternetGateway } = await world.ec2.send(new CreateInternetGatewayCommand({}))
  const InternetGatewayId = InternetGateway?.InternetGatewayId ?? ''
  await world.ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: vpc }))
  return InternetGatewayId
}

async function group(name: string): Promise<string> {
  const input = { GroupName: name, Description: name, VpcId: vpc }
  return (await world.ec2.send(new CreateSecurityGroupCommand(input))).GroupId ?? ''
}

/** Whether the agent of a new instance has registered some time later. */
async function registers(input: Parameters<typeof run>[1]): Promise<boolean> {
  const [id = ''] = await run(world, input)
  await clock.forward(10_000)
  return world.agents.includes(`online ${id}`)
}

test('in the default network it does; with several interfaces there is no public address, and it does not', async () => {
  expect(await registers({})).toBe(true)
  const cards = [0, 1].map((index) => ({ DeviceIndex: index, NetworkCardIndex: index, InterfaceType: 'efa' }))
  expect(await registers({ InstanceType: 'c8gn.48xlarge', NetworkInterfaces: cards })).toBe(false)
})

test('behind an internet gateway it does with a public address only', async () => {
  const one = await subnet('10.0.0.0/24')
  expect(await registers({ SubnetId: one })).toBe(false)
  await routed(one, { GatewayId: await gateway() })
  expect(await registers({ SubnetId: one })).toBe(false)
  await world.ec2.send(new ModifySubnetAttributeCommand({ SubnetId: one, MapPublicIpOnLaunch: { Value: true } }))
  expect(await registers({ SubnetId: one })).toBe(true)
  const inSubnet = { Filters: [{ Name: 'subnet-id', Values: [one] }] }
  const { Reservations = [] } = await world.ec2.send(new DescribeInstancesCommand(inSubnet))
  const addresses = Reservations.flatMap(({ Instances = [] }) => Instances.map((each) => each.PublicIpAddress))
  expect(addresses.filter((address) => address !== undefined)).toEqual([expect.stringMatching(/^198\.1[89]\./)])
})

test('behind a NAT gateway it does once the gateway is there, also when it was launched before', async () => {
  const [open, hidden] = [await subnet('10.0.0.0/24'), await subnet('10.0.1.0/24')]
  await routed(open, { GatewayId: await gateway() })
  const [early = ''] = await run(world, { SubnetId: hidden })
  await clock.forward(60_000)
  expect(world.agents).not.toContain(`online ${early}`)
  const { AllocationId } = await world.ec2.send(new AllocateAddressCommand({}))
  const { NatGateway } = await world.ec2.send(new CreateNatGatewayCommand({ SubnetId: open, AllocationId }))
  await routed(hidden, { NatGatewayId: NatGateway?.NatGatewayId ?? '' })
  await clock.forward(10_000)
  expect(world.agents).toContain(`online ${early}`)
})

test('with endpoints it does, where both security groups let HTTPS pass', async () => {
  const { ec2 } = world
  const one = await subnet('10.0.0.0/24')
  const [nodes, endpoints] = [await group('nodes'), await group('endpoints')]
  const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: nodes, IpPermissions: [everything] }))
  for (const service of ['ssm', 'ssmmessages'])
    await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: vpc,
        ServiceName: `com.amazonaws.us-east-1.${service}`,
        VpcEndpointType: 'Interface',
        SubnetIds: [one],
        SecurityGroupIds: [endpoints],
      }),
    )
  const launch = { SubnetId: one, SecurityGroupIds: [nodes] }
  expect(await registers(launch)).toBe(false)
  const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }
  const out = [{ ...https, UserIdGroupPairs: [{ GroupId: endpoints }] }]
  await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: nodes, IpPermissions: out }))
  expect(await registers(launch)).toBe(false)
  const within = [{ ...https, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }]
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: endpoints, IpPermissions: within }))
  expect(await registers(launch)).toBe(true)
})
