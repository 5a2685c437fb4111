import {
  CreateDefaultVpcCommand,
  DeleteInternetGatewayCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
} from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createSimulatedMachines } from '../../../src/sandbox/machines/simulated/simulated-machines.ts'
import { refusal, run, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'

let world: Ec2World

beforeEach(async () => {
  world = await startEc2()
})

afterEach(() => world.close())

describe('the network of a prepared account', () => {
  let prepared: Ec2World
  beforeEach(async () => {
    prepared = await startEc2({ defaultVpc: 'prepared', machines: createSimulatedMachines() })
  })
  afterEach(() => prepared.close())

  test('has endpoints of SSM and S3, and nodes without a public address register through them', async () => {
    const { VpcEndpoints = [] } = await prepared.ec2.send(new DescribeVpcEndpointsCommand({}))
    expect(VpcEndpoints.map(({ ServiceName, State }) => `${ServiceName} ${State}`).toSorted()).toEqual(
      ['ec2messages', 's3', 'ssm', 'ssmmessages'].map((name) => `com.amazonaws.us-east-1.${name} available`),
    )
    const cards = [0, 1].map((index) => ({ DeviceIndex: index, NetworkCardIndex: index, InterfaceType: 'efa' }))
    const [id = ''] = await run(prepared, { InstanceType: 'c8gn.48xlarge', NetworkInterfaces: cards })
    await vi.waitFor(() => expect(prepared.agents).toContain(`online ${id}`), { timeout: 5000 })
  })

  test('gives its first node the address that it has without them', async () => {
    const [id = ''] = await run(prepared, { Placement: { AvailabilityZone: 'us-east-1a' } })
    const { Reservations } = await prepared.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
    expect(Reservations?.[0]?.Instances?.[0]?.PrivateIpAddress).toBe('172.31.0.4')
  })
})

const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusal(call)).code

test('the default network can be deleted, piece by piece, and made again', async () => {
  const { ec2 } = world
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}))
  const vpc = Vpcs?.[0]?.VpcId ?? ''
  expect(await codeOf(ec2.send(new CreateDefaultVpcCommand({})))).toBe('DefaultVpcAlreadyExists')
  expect(await codeOf(ec2.send(new DeleteVpcCommand({ VpcId: vpc })))).toBe('DependencyViolation')
  for (const { SubnetId } of (await ec2.send(new DescribeSubnetsCommand({}))).Subnets ?? [])
    await ec2.send(new DeleteSubnetCommand({ SubnetId }))
  expect(await codeOf(run(world))).toBe('MissingInput')
  for (const { InternetGatewayId } of (await ec2.send(new DescribeInternetGatewaysCommand({}))).InternetGateways ??
    []) {
    await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId: vpc }))
    await ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }))
  }
  await ec2.send(new DeleteVpcCommand({ VpcId: vpc }))
  expect(await refusal(run(world))).toMatchObject({
    code: 'VPCIdNotSpecified',
    message: 'No default VPC for this user',
  })
  await ec2.send(new CreateDefaultVpcCommand({}))
  expect(await run(world)).toHaveLength(1)
})
