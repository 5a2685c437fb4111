import {
  CreateDefaultVpcCommand,
  DeleteInternetGatewayCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeInternetGatewaysCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
} from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal, run, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'

let world: Ec2World

beforeEach(async () => {
  world = await startEc2()
})

afterEach(() => world.close())

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
