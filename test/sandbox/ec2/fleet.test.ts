import {
  AuthorizeSecurityGroupIngressCommand,
  CreateFleetCommand,
  CreateLaunchTemplateCommand,
  CreatePlacementGroupCommand,
  CreateSecurityGroupCommand,
  DeleteFleetsCommand,
  DeletePlacementGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeFleetsCommand,
  DescribeInstancesCommand,
  DescribeInstanceTopologyCommand,
  DescribeSubnetsCommand,
  waitUntilInstanceRunning,
  waitUntilInstanceTerminated,
} from '@aws-sdk/client-ec2'
import type { CreateFleetCommandInput } from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ARM, refusal, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'

let world: Ec2World
let templateId: string
let groupId: string
let subnets: Map<string, string>

beforeEach(async () => {
  world = await startEc2()
  const { ec2 } = world
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'muster-x', Description: 'nodes' }),
  )
  groupId = GroupId
  const self = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }]
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: self }))
  await ec2.send(new CreatePlacementGroupCommand({ GroupName: 'muster-x', Strategy: 'cluster' }))
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'muster-x',
      LaunchTemplateData: {
        ImageId: ARM,
        IamInstanceProfile: { Name: 'muster-node' },
        InstanceInitiatedShutdownBehavior: 'terminate',
        NetworkInterfaces: [{ DeviceIndex: 0, InterfaceType: 'efa', Groups: [GroupId] }],
        TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'muster:fleet', Value: 'x' }] }],
      },
    }),
  )
  templateId = LaunchTemplate?.LaunchTemplateId ?? ''
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}))
  subnets = new Map(Subnets.map(({ AvailabilityZone = '', SubnetId = '' }) => [AvailabilityZone, SubnetId]))
})

afterEach(() => world.close())

function cohort(size: number, zone = 'us-east-1c', type = 'hpc7g.16xlarge'): CreateFleetCommandInput {
  const placement = { Placement: { GroupName: 'muster-x' } }
  return {
    Type: 'instant',
    LaunchTemplateConfigs: [
      {
        LaunchTemplateSpecification: { LaunchTemplateId: templateId, Version: '$Latest' },
        Overrides: [{ InstanceType: type as 'hpc7g.16xlarge', SubnetId: subnets.get(zone) ?? '', ...placement }],
      },
    ],
    TargetCapacitySpecification: { TotalTargetCapacity: size, DefaultTargetCapacityType: 'on-demand' },
    OnDemandOptions: { SingleInstanceType: true, SingleAvailabilityZone: true, MinTargetCapacity: size },
  }
}

test('a cohort comes up whole in its group, and everything can be taken down after it', async () => {
  const { ec2 } = world
  const fleet = await ec2.send(new CreateFleetCommand(cohort(4)))
  expect(fleet.Errors).toEqual([])
  expect(fleet.Instances).toHaveLength(1)
  const ids = fleet.Instances?.[0]?.InstanceIds ?? []
  expect(ids).toHaveLength(4)
  await waitUntilInstanceRunning({ client: ec2, maxWaitTime: 10, minDelay: 0.05, maxDelay: 0.1 }, { InstanceIds: ids })
  const described = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'tag:muster:fleet', Values: ['x'] }] }),
  )
  const instances = described.Reservations?.flatMap(({ Instances = [] }) => Instances) ?? []
  expect(new Set(instances.map((one) => one.PrivateIpAddress)).size).toBe(4)
  for (const one of instances) {
    expect(one.Placement).toMatchObject({
      GroupName: 'muster-x',
      AvailabilityZone: 'us-east-1c',
      AvailabilityZoneId: 'use1-az6',
    })
    expect(one.Tags).toContainEqual({ Key: 'aws:ec2:fleet-id', Value: fleet.FleetId })
    expect(one.NetworkInterfaces?.[0]?.InterfaceType).toBe('efa')
    expect(one.InstanceLifecycle).toBeUndefined()
  }
  const { Instances: placed = [] } = await ec2.send(new DescribeInstanceTopologyCommand({ InstanceIds: ids }))
  expect(placed.map((one) => one.NetworkNodes?.length)).toEqual([3, 3, 3, 3])

  expect((await refusal(ec2.send(new DeletePlacementGroupCommand({ GroupName: 'muster-x' })))).code).toBe(
    'InvalidPlacementGroup.InUse',
  )
  const inUse = await refusal(ec2.send(new DeleteSecurityGroupCommand({ GroupId: groupId })))
  expect(inUse).toEqual({
    code: 'DependencyViolation',
    message: `resource ${groupId} has a dependent object`,
    status: 400,
  })

  const deleted = await ec2.send(new DeleteFleetsCommand({ FleetIds: [fleet.FleetId ?? ''], TerminateInstances: true }))
  expect(deleted.SuccessfulFleetDeletions?.[0]?.CurrentFleetState).toBe('deleted_terminating')
  await waitUntilInstanceTerminated(
    { client: ec2, maxWaitTime: 10, minDelay: 0.05, maxDelay: 0.1 },
    { InstanceIds: ids },
  )
  await ec2.send(new DeletePlacementGroupCommand({ GroupName: 'muster-x' }))
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: groupId }))
})

test('without capacity the answer is a 200 with errors that name other zones, and nothing is launched', async () => {
  world.sandbox.world.faults.add({
    kind: 'shortage',
    instanceType: 'c7gn.16xlarge',
    zone: 'us-east-1a',
    count: 1,
    availableZones: ['us-east-1b', 'us-east-1c'],
  })
  const refused = await world.ec2.send(new CreateFleetCommand(cohort(2, 'us-east-1a', 'c7gn.16xlarge')))
  expect(refused.Instances).toEqual([])
  expect(refused.Errors).toMatchObject([
    {
      ErrorCode: 'InsufficientInstanceCapacity',
      ErrorMessage:
        'We currently do not have sufficient c7gn.16xlarge capacity in the Availability Zone you requested (us-east-1a). Our system will be working on provisioning additional capacity. You can currently get c7gn.16xlarge capacity by not specifying an Availability Zone in your request or choosing us-east-1b, us-east-1c.',
      Lifecycle: 'on-demand',
    },
  ])
  expect((await world.ec2.send(new DescribeInstancesCommand({}))).Reservations).toEqual([])
  const again = await world.ec2.send(new CreateFleetCommand(cohort(2, 'us-east-1a', 'c7gn.16xlarge')))
  expect(again.Instances?.[0]?.InstanceIds).toHaveLength(2)
})

test('a partial cohort is refused where the whole is the least, and launched where it is not', async () => {
  const { faults } = world.sandbox.world
  faults.add({ kind: 'partial', instanceType: 'hpc7g.16xlarge', launched: 3, count: 2 })
  const whole = await world.ec2.send(new CreateFleetCommand(cohort(4)))
  expect(whole.Instances).toEqual([])
  expect(whole.Errors?.[0]?.ErrorCode).toBe('InsufficientInstanceCapacity')
  const { OnDemandOptions: _all, ...any } = cohort(4)
  const part = await world.ec2.send(new CreateFleetCommand(any))
  expect(part.Instances?.[0]?.InstanceIds).toHaveLength(3)
  expect(part.Errors?.[0]?.ErrorCode).toBe('InsufficientInstanceCapacity')
})

test('a token gives the same fleet again, and none where the parameters differ', async () => {
  const first = await world.ec2.send(new CreateFleetCommand({ ...cohort(2), ClientToken: 'one' }))
  const second = await world.ec2.send(new CreateFleetCommand({ ...cohort(2), ClientToken: 'one' }))
  expect(second.FleetId).toBe(first.FleetId)
  expect(second.Instances).toEqual(first.Instances)
  const other = await refusal(world.ec2.send(new CreateFleetCommand({ ...cohort(3), ClientToken: 'one' })))
  expect(other.code).toBe('IdempotentParameterMismatch')
  expect((await world.ec2.send(new DescribeFleetsCommand({}))).Fleets).toEqual([])
  const { Fleets } = await world.ec2.send(new DescribeFleetsCommand({ FleetIds: [first.FleetId ?? ''] }))
  expect(Fleets?.[0]).toMatchObject({ Type: 'instant', FulfilledCapacity: 2, FleetState: 'active' })
})

test('what a pool cannot have is among the errors; what is no instant fleet is refused', async () => {
  const elsewhere = await world.ec2.send(new CreateFleetCommand(cohort(2, 'us-east-1a')))
  expect(elsewhere.Errors?.[0]?.ErrorCode).toBe('InvalidFleetConfiguration')
  const { TargetCapacitySpecification, ...spot } = cohort(2)
  const onSpot = await world.ec2.send(
    new CreateFleetCommand({
      ...spot,
      TargetCapacitySpecification: {
        TotalTargetCapacity: TargetCapacitySpecification?.TotalTargetCapacity,
        DefaultTargetCapacityType: 'spot',
      },
    }),
  )
  expect(onSpot.Errors?.[0]).toMatchObject({ ErrorCode: 'Unsupported', Lifecycle: 'spot' })
  const { Type: _type, ...maintained } = cohort(2)
  expect(await refusal(world.ec2.send(new CreateFleetCommand(maintained)))).toMatchObject({
    code: 'UnsupportedOperation',
    status: 501,
  })
  const least = await refusal(
    world.ec2.send(new CreateFleetCommand({ ...cohort(2), OnDemandOptions: { MinTargetCapacity: 2 } })),
  )
  expect(least.code).toBe('InvalidParameterCombination')
  const noTemplate = { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '1' }
  const missing = await refusal(
    world.ec2.send(
      new CreateFleetCommand({ ...cohort(2), LaunchTemplateConfigs: [{ LaunchTemplateSpecification: noTemplate }] }),
    ),
  )
  expect(missing.code).toBe('InvalidLaunchTemplateId.NotFound')
})

test('a cluster group stays in one zone', async () => {
  await world.ec2.send(new CreateFleetCommand(cohort(1, 'us-east-1a', 'c7gn.16xlarge')))
  const second = await world.ec2.send(new CreateFleetCommand(cohort(1, 'us-east-1b', 'c7gn.16xlarge')))
  expect(second.Instances).toEqual([])
  expect(second.Errors?.[0]?.ErrorCode).toBe('InvalidParameterCombination')
})
