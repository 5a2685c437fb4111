import {
  CreateCapacityReservationCommand,
  CreateFleetCommand,
  CreateLaunchTemplateCommand,
  CreatePlacementGroupCommand,
  DescribeInstancesCommand,
  DescribeInstanceTopologyCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import type { _InstanceType, DescribeInstanceTopologyCommandInput, PlacementStrategy } from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ARM, refusal, run, startEc2, X86 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { manualClock } from './manual-clock.ts'

const clock = manualClock()
let world: Ec2World
beforeEach(async () => {
  world = await startEc2({ clock })
})
afterEach(() => world.close())

const group = (Strategy: PlacementStrategy, more: object = {}) =>
  world.ec2.send(new CreatePlacementGroupCommand({ GroupName: 'group', Strategy, ...more }))

const inGroup = (AvailabilityZone = 'us-east-1a', more: object = {}) => ({
  Placement: { GroupName: 'group', AvailabilityZone, ...more },
})

async function topology(input: DescribeInstanceTopologyCommandInput) {
  return (await world.ec2.send(new DescribeInstanceTopologyCommand(input))).Instances ?? []
}

/** The path of each instance, in the order of the ids. */
async function nodesOf(InstanceIds: string[]) {
  const placed = await topology({ InstanceIds })
  return InstanceIds.map((id) => placed.find(({ InstanceId }) => InstanceId === id)?.NetworkNodes ?? [])
}

test('a spread group takes seven running instances a zone', async () => {
  await group('spread')
  const ids = await run(world, { ...inGroup(), MinCount: 5, MaxCount: 5 })
  const eighth = await refusal(run(world, { ...inGroup(), MinCount: 3, MaxCount: 3 }))
  expect([eighth.code, eighth.message]).toEqual([
    'ResourceCountExceeded',
    "The spread placement group 'group' can have at most 7 running instances in an Availability Zone (us-east-1a).",
  ])
  expect(await run(world, { ...inGroup(), MinCount: 1, MaxCount: 3 })).toHaveLength(2)
  expect(await run(world, { ...inGroup('us-east-1b'), MinCount: 7, MaxCount: 7 })).toHaveLength(7)
  await clock.forward(1000)
  await world.ec2.send(new TerminateInstancesCommand({ InstanceIds: ids }))
  expect(await run(world, { ...inGroup(), MinCount: 5, MaxCount: 5 })).toHaveLength(5)
})

test('a fleet that a spread group has no room for says so among its errors', async () => {
  await group('spread')
  await world.ec2.send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName: 'wide', LaunchTemplateData: { ImageId: ARM } }),
  )
  const Overrides = [{ InstanceType: 'c7g.large' as const, ...inGroup() }]
  const { Instances, Errors } = await world.ec2.send(
    new CreateFleetCommand({
      Type: 'instant',
      LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { LaunchTemplateName: 'wide', Version: '1' }, Overrides }],
      TargetCapacitySpecification: { TotalTargetCapacity: 8, DefaultTargetCapacityType: 'on-demand' },
      OnDemandOptions: { SingleInstanceType: true, SingleAvailabilityZone: true, MinTargetCapacity: 8 },
    }),
  )
  expect([Instances, Errors?.map(({ ErrorCode }) => ErrorCode)]).toEqual([[], ['ResourceCountExceeded']])
})

test('partitions are filled by turns, or as asked', async () => {
  await group('partition', { PartitionCount: 3 })
  const ids = await run(world, { ...inGroup(), MinCount: 6, MaxCount: 6 })
  const [chosen = ''] = await run(world, inGroup('us-east-1a', { PartitionNumber: 2 }))
  const { Reservations = [] } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [...ids, chosen] }))
  const partitions = new Map(
    Reservations.flatMap(({ Instances = [] }) => Instances).map((one) => [
      one.InstanceId,
      one.Placement?.PartitionNumber,
    ]),
  )
  expect(partitions.get(chosen)).toBe(2)
  expect(ids.map((id) => partitions.get(id)).toSorted((a = 0, b = 0) => a - b)).toEqual([1, 1, 2, 2, 3, 3])
})

test.each([
  ['a burstable type in a cluster', 'cluster', 't3.micro', {}, X86],
  ['a partition that is not there', 'partition', 'c7g.large', { PartitionNumber: 3 }, ARM],
  ['a partition of a cluster', 'cluster', 'c7g.large', { PartitionNumber: 1 }, ARM],
] as const)('%s is refused', async (_, strategy, InstanceType, placement, ImageId) => {
  await group(strategy)
  const refused = await refusal(run(world, { InstanceType, ImageId, ...inGroup('us-east-1a', placement) }))
  expect(refused.code).toBe('InvalidParameterCombination')
})

test('a partition number wants a group, and a group at most seven partitions', async () => {
  expect((await refusal(run(world, { Placement: { PartitionNumber: 1 } }))).code).toBe('InvalidParameterCombination')
  expect((await refusal(group('partition', { PartitionCount: 8 }))).code).toBe('InvalidParameterValue')
  expect((await refusal(group('cluster', { PartitionCount: 2 }))).code).toBe('InvalidParameterCombination')
})

test('a zonal reservation serves a launch into a cluster group too', async () => {
  await group('cluster')
  const wanted = { InstanceType: 'c7gn.16xlarge', InstancePlatform: 'Linux/UNIX', InstanceCount: 1 } as const
  const { CapacityReservation } = await world.ec2.send(
    new CreateCapacityReservationCommand({ ...wanted, AvailabilityZone: 'us-east-1a' }),
  )
  const [id = ''] = await run(world, { InstanceType: 'c7gn.16xlarge', ...inGroup() })
  const { Reservations } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
  expect(Reservations?.[0]?.Instances?.[0]?.CapacityReservationId).toBe(CapacityReservation?.CapacityReservationId)
})

test.each<[_InstanceType, string, number]>([
  ['hpc7g.16xlarge', ARM, 3],
  ['p5.48xlarge', X86, 3],
  ['p6-b200.48xlarge', X86, 4],
  ['c7g.large', ARM, 0],
])('%s has its layers of network nodes', async (InstanceType, ImageId, layers) => {
  const ids = await run(world, { InstanceType, ImageId })
  expect(await topology({ InstanceIds: ids })).toEqual([])
  await clock.forward(1000)
  const [one] = await topology({ InstanceIds: ids })
  expect(one?.NetworkNodes ?? []).toHaveLength(layers)
  for (const node of one?.NetworkNodes ?? []) expect(node).toMatch(/^nn-[0-9a-f]{17}$/)
})

test('instances of a cluster group are close, two under a node, in another order than they were launched in', async () => {
  await group('cluster')
  const type = { InstanceType: 'hpc7g.16xlarge' as const, MinCount: 8, MaxCount: 8 }
  const ids = await run(world, { ...type, Placement: { GroupName: 'group' } })
  const apart = await run(world, { ...type, MinCount: 2, MaxCount: 2 })
  await clock.forward(1000)
  const nodes = await nodesOf(ids)
  expect(await nodesOf(ids)).toEqual(nodes)
  const layer = (index: number) => nodes.map((path) => path[index])
  expect([0, 1, 2].map((index) => new Set(layer(index)).size)).toEqual([1, 1, 4])
  const lowest = layer(2)
  expect(lowest.every((node) => lowest.filter((other) => other === node).length === 2)).toBe(true)
  expect(lowest[0]).not.toBe(lowest[1])
  const [a = [], b = []] = await nodesOf(apart)
  expect(a[0]).toBe(b[0])
  expect(a[1]).not.toBe(b[1])
})

test('topology: limits of the call', async () => {
  const ids = await run(world, { InstanceType: 'hpc7g.16xlarge', MinCount: 3, MaxCount: 3 })
  await clock.forward(1000)
  const many = Array.from({ length: 101 }, (_, index) => `i-${String(index).padStart(17, '0')}`)
  expect((await refusal(topology({ InstanceIds: many }))).code).toBe('InvalidParameterValue')
  expect((await refusal(topology({ InstanceIds: ids, MaxResults: 5 }))).code).toBe('InvalidParameterCombination')
  expect((await refusal(topology({ MaxResults: 101 }))).code).toBe('InvalidParameterValue')
  expect((await refusal(topology({ GroupNames: ['none'] }))).code).toBe('InvalidPlacementGroup.Unknown')
  const first = await world.ec2.send(new DescribeInstanceTopologyCommand({ MaxResults: 2 }))
  const second = await world.ec2.send(new DescribeInstanceTopologyCommand({ NextToken: first.NextToken }))
  expect([first.Instances?.length, second.Instances?.length, second.NextToken]).toEqual([2, 1, undefined])
  const filtered = await topology({ Filters: [{ Name: 'instance-type', Values: ['hpc7g*'] }] })
  expect(filtered).toHaveLength(3)
})
