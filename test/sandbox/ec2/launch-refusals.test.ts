import {
  CreatePlacementGroupCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import type { RunInstancesCommandInput } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ARM, refusal, run, startEc2, X86 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'

let world: Ec2World
let subnets: Map<string, string>

beforeAll(async () => {
  world = await startEc2()
  const { Subnets = [] } = await world.ec2.send(new DescribeSubnetsCommand({}))
  subnets = new Map(Subnets.map(({ AvailabilityZone = '', SubnetId = '' }) => [AvailabilityZone, SubnetId]))
  await world.ec2.send(new CreatePlacementGroupCommand({ GroupName: 'tight', Strategy: 'cluster' }))
})

afterAll(() => world.close())

const launch = (input: Partial<RunInstancesCommandInput>) =>
  refusal(
    world.ec2.send(
      new RunInstancesCommand({ MinCount: 1, MaxCount: 1, InstanceType: 'c7g.large', ImageId: ARM, ...input }),
    ),
  )

const interfaces = (...NetworkInterfaces: NonNullable<RunInstancesCommandInput['NetworkInterfaces']>) => ({
  NetworkInterfaces,
})

test.each<[string, Partial<RunInstancesCommandInput>, string, RegExp]>([
  [
    'an unknown type',
    { InstanceType: 'c99.huge' as 'c7g.large' },
    'InvalidParameterValue',
    /^Invalid value 'c99\.huge' for InstanceType\.$/,
  ],
  [
    'an unknown image',
    { ImageId: 'ami-0123456789abcdef0' },
    'InvalidAMIID.NotFound',
    /^The image id '\[ami-0123456789abcdef0\]' does not exist$/,
  ],
  ['what is no image id', { ImageId: 'debian' }, 'InvalidAMIID.Malformed', /expecting "ami-\.\.\."/],
  ['a parameter that names no image', { ImageId: 'resolve:ssm:/nothing' }, 'InvalidParameterValue', /\/nothing/],
  [
    'an image of another architecture',
    { ImageId: X86 },
    'InvalidParameterValue',
    /^The architecture 'arm64' of the specified instance type does not match the architecture 'x86_64'/,
  ],
  [
    'an unknown subnet',
    { SubnetId: 'subnet-0123456789abcdef0' },
    'InvalidSubnetID.NotFound',
    /^The subnet ID 'subnet-0123456789abcdef0' does not exist$/,
  ],
  ['an unknown group', { SecurityGroupIds: ['sg-0123456789abcdef0'] }, 'InvalidGroup.NotFound', /sg-0123456789abcdef0/],
  [
    'an unknown profile',
    { IamInstanceProfile: { Name: 'nobody' } },
    'InvalidParameterValue',
    /^Value \(nobody\) for parameter iamInstanceProfile\.name is invalid\. Invalid IAM Instance Profile name$/,
  ],
  ['an unknown key pair', { KeyName: 'mine' }, 'InvalidKeyPair.NotFound', /mine/],
  ['too much user data', { UserData: Buffer.alloc(16_385).toString('base64') }, 'InvalidParameterValue', /16384 bytes/],
  ['user data that is no base64', { UserData: '#!/bin/sh' }, 'InvalidParameterValue', /BASE64/],
  ['an unknown placement group', { Placement: { GroupName: 'nowhere' } }, 'InvalidPlacementGroup.Unknown', /nowhere/],
  [
    'a type that no cluster group takes',
    { InstanceType: 't4g.micro', Placement: { GroupName: 'tight' } },
    'InvalidParameterCombination',
    /^Cluster placement groups are not supported by the 't4g\.micro' instance type\./,
  ],
  [
    'an HPC type on Spot',
    { InstanceType: 'hpc7g.4xlarge', InstanceMarketOptions: { MarketType: 'spot' } },
    'Unsupported',
    /spot/,
  ],
  [
    'EFA on a type without it',
    interfaces({ DeviceIndex: 0, InterfaceType: 'efa' }),
    'Unsupported',
    /do not support Elastic Fabric Adapters/,
  ],
  [
    'two EFA interfaces on one card',
    {
      InstanceType: 'hpc7g.16xlarge',
      ...interfaces({ DeviceIndex: 0, InterfaceType: 'efa' }, { DeviceIndex: 1, InterfaceType: 'efa' }),
    },
    'AttachmentLimitExceeded',
    /EFA/,
  ],
  [
    'a network card that is not there',
    { InstanceType: 'hpc7g.16xlarge', ...interfaces({ DeviceIndex: 0 }, { DeviceIndex: 1, NetworkCardIndex: 3 }) },
    'InvalidParameterValue',
    /network card/,
  ],
  [
    'a second device on a card of one',
    {
      InstanceType: 'hpc6id.32xlarge',
      ImageId: X86,
      ...interfaces({ DeviceIndex: 0 }, { DeviceIndex: 1, NetworkCardIndex: 1 }),
    },
    'Unsupported',
    /not offered in us-east-1/,
  ],
  [
    'an efa-only primary',
    { InstanceType: 'hpc7g.16xlarge', ...interfaces({ DeviceIndex: 0, InterfaceType: 'efa-only' }) },
    'InvalidParameterValue',
    /primary/,
  ],
  [
    'a public address with several interfaces',
    interfaces({ DeviceIndex: 0, AssociatePublicIpAddress: true }, { DeviceIndex: 1 }),
    'InvalidParameterCombination',
    /multiple network interfaces/,
  ],
  ['interfaces without an index', interfaces({ Description: 'x' }), 'InvalidParameterValue', /device index/],
  [
    'security groups beside interfaces',
    { SecurityGroupIds: ['sg-0123456789abcdef0'], ...interfaces({ DeviceIndex: 0 }) },
    'InvalidParameterCombination',
    /^Network interfaces and an instance-level security groups may not be specified on the same request$/,
  ],
  ['more at least than at most', { MinCount: 3, MaxCount: 2 }, 'InvalidParameterCombination', /maximum number/],
  [
    'a reserved tag',
    { TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'aws:x', Value: '' }] }] },
    'InvalidParameterValue',
    /aws:/,
  ],
  [
    'a tag twice',
    {
      TagSpecifications: [
        {
          ResourceType: 'instance',
          Tags: [
            { Key: 'x', Value: '1' },
            { Key: 'x', Value: '2' },
          ],
        },
      ],
    },
    'InvalidParameterValue',
    /^Duplicate tag key 'x' specified\.$/,
  ],
  [
    'a tag for what is not launched',
    { TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'x', Value: '' }] }] },
    'InvalidParameterValue',
    /^'vpc' is not a valid taggable resource type for this operation\.$/,
  ],
  [
    'tags that IMDS could not show',
    {
      MetadataOptions: { InstanceMetadataTags: 'enabled' },
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'a/b', Value: '' }] }],
    },
    'InvalidParameterValue',
    /^'a\/b' is not a valid tag key\./,
  ],
  ['an address of another subnet', { PrivateIpAddress: '10.0.0.1' }, 'InvalidParameterValue', /does not fall within/],
  [
    'one address for two',
    { PrivateIpAddress: '172.31.9.9', MaxCount: 2 },
    'InvalidParameterCombination',
    /single instance/,
  ],
  [
    'a root volume smaller than its image',
    { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 4 } }] },
    'InvalidBlockDeviceMapping',
    /expect size >= 8GB/,
  ],
  [
    'what the sandbox lacks',
    { LicenseSpecifications: [{ LicenseConfigurationArn: 'arn' }] },
    'UnsupportedOperation',
    /does not implement the parameter LicenseSpecification/,
  ],
])('RunInstances refuses %s', async (_what, input, code, message) => {
  const refused = await launch(input)
  expect(refused.code).toBe(code)
  expect(refused.message).toMatch(message)
})

test('a type that the subnet’s zone lacks is refused with the zones that have it', async () => {
  const refused = await launch({ InstanceType: 'hpc7g.16xlarge', SubnetId: subnets.get('us-east-1a') ?? '' })
  expect(refused).toMatchObject({
    code: 'Unsupported',
    message:
      'Your requested instance type (hpc7g.16xlarge) is not supported in your requested Availability Zone (us-east-1a). Please retry your request by not specifying an Availability Zone or choosing us-east-1c.',
  })
})

test('a shortage is an error of the 500 class for RunInstances, and other zones are tried where none is named', async () => {
  const { faults } = world.sandbox.world
  faults.add({ kind: 'shortage', instanceType: '*', zone: 'us-east-1a', count: 2 })
  const named = await launch({ SubnetId: subnets.get('us-east-1a') ?? '' })
  expect(named).toMatchObject({ code: 'InsufficientInstanceCapacity', status: 500 })
  const [id = ''] = await run(world)
  const { Reservations } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
  expect(Reservations?.[0]?.Instances?.[0]?.Placement?.AvailabilityZone).toBe('us-east-1b')
})

test('a launch that is refused leaves nothing behind', async () => {
  const SubnetId = subnets.get('us-east-1a') ?? ''
  const primary = { DeviceIndex: 0, SubnetId, PrivateIpAddress: '172.31.8.8' }
  const refused = await launch({ NetworkInterfaces: [primary, { DeviceIndex: 1, PrivateIpAddress: '10.0.0.1' }] })
  expect(refused.code).toBe('InvalidParameterValue')
  await run(world, { SubnetId, PrivateIpAddress: '172.31.8.8' })
  const again = await launch({ SubnetId, PrivateIpAddress: '172.31.8.8' })
  expect(again).toMatchObject({ code: 'InvalidIPAddress.InUse', message: 'Address 172.31.8.8 is in use.' })
})

test('a dry run says that it would go through, and launches nothing', async () => {
  expect(await launch({ DryRun: true })).toEqual({
    code: 'DryRunOperation',
    message: 'Request would have succeeded, but DryRun flag is set.',
    status: 412,
  })
  expect((await launch({ DryRun: true, ImageId: X86 })).code).toBe('InvalidParameterValue')
})
