import {
  CancelCapacityReservationCommand,
  CreateCapacityReservationCommand,
  CreateFleetCommand,
  CreateLaunchTemplateCommand,
  CreatePlacementGroupCommand,
  CreateTagsCommand,
  DeletePlacementGroupCommand,
  DescribeCapacityReservationsCommand,
  DescribeInstancesCommand,
  ModifyCapacityReservationCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import type { CreateCapacityReservationCommandInput } from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ARM, refusal, run, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { manualClock } from './manual-clock.ts'

const clock = manualClock()
const HOUR = 3_600_000
let world: Ec2World
beforeEach(async () => {
  world = await startEc2({ clock })
})
afterEach(() => world.close())

async function reserve(input: Partial<CreateCapacityReservationCommandInput> = {}) {
  const { CapacityReservation } = await world.ec2.send(
    new CreateCapacityReservationCommand({
      InstanceType: 'c7g.large',
      InstancePlatform: 'Linux/UNIX',
      InstanceCount: 2,
      AvailabilityZone: 'us-east-1a',
      ...input,
    }),
  )
  return CapacityReservation
}

async function described(id: string | undefined) {
  const byId = new DescribeCapacityReservationsCommand({ CapacityReservationIds: [id ?? ''] })
  return (await world.ec2.send(byId)).CapacityReservations?.[0]
}

async function placeOf(ids: readonly string[]) {
  const { Reservations = [] } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [...ids] }))
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances)
  return ids.map((id) => instances.find(({ InstanceId }) => InstanceId === id)?.CapacityReservationId)
}

const ZONE_A = { Placement: { AvailabilityZone: 'us-east-1a' } }
const targeting = (id: string | undefined) => ({
  CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId: id } },
})
const preferring = (preference: 'open' | 'none' | 'capacity-reservations-only') => ({
  CapacityReservationSpecification: { CapacityReservationPreference: preference },
})

test('an open reservation takes what fits it, and gives the place back at the end', async () => {
  const one = await reserve({
    TagSpecifications: [{ ResourceType: 'capacity-reservation', Tags: [{ Key: 'muster:fleet', Value: 'x' }] }],
  })
  const id = one?.CapacityReservationId
  expect(one).toMatchObject({
    CapacityReservationId: expect.stringMatching(/^cr-[0-9a-f]{17}$/),
    CapacityReservationArn: `arn:aws:ec2:us-east-1:000000000000:capacity-reservation/${id}`,
    State: 'active',
    TotalInstanceCount: 2,
    AvailableInstanceCount: 2,
    EndDateType: 'unlimited',
    InstanceMatchCriteria: 'open',
    ReservationType: 'default',
    Tags: [{ Key: 'muster:fleet', Value: 'x' }],
  })
  const fitting = await run(world, { ...ZONE_A, MinCount: 3, MaxCount: 3 })
  expect((await placeOf(fitting)).filter((place) => place === id)).toHaveLength(2)
  const others = [
    ...(await run(world, { Placement: { AvailabilityZone: 'us-east-1b' } })),
    ...(await run(world, { ...ZONE_A, ...preferring('none') })),
  ]
  expect(await placeOf(others)).toEqual([undefined, undefined])
  expect(await described(id)).toMatchObject({
    AvailableInstanceCount: 0,
    CapacityAllocations: [{ AllocationType: 'used', Count: 2 }],
  })
  await clock.forward(1000)
  await world.ec2.send(new TerminateInstancesCommand({ InstanceIds: fitting }))
  await clock.forward(1000)
  expect((await described(id))?.AvailableInstanceCount).toBe(2)
})

test('a targeted reservation takes those that name it, to the last place', async () => {
  const id = (await reserve({ InstanceMatchCriteria: 'targeted' }))?.CapacityReservationId
  expect(await placeOf(await run(world, ZONE_A))).toEqual([undefined])
  // Its zone is the launch's where the launch names none.
  expect(await placeOf(await run(world, targeting(id)))).toEqual([id])
  const exceeded = {
    code: 'ReservationCapacityExceeded',
    message: 'The requested reservation does not have sufficient compatible and available capacity for this request.',
    status: 400,
  }
  expect(await refusal(run(world, { ...targeting(id), MinCount: 2, MaxCount: 2 }))).toEqual(exceeded)
  const elsewhere = { Placement: { AvailabilityZone: 'us-east-1b' } }
  expect(await refusal(run(world, { ...targeting(id), ...elsewhere }))).toEqual(exceeded)
  expect(await refusal(run(world, { ...targeting(id), InstanceType: 'c7g.xlarge' }))).toEqual(exceeded)
  const { Reservations } = await world.ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'capacity-reservation-id', Values: [id ?? ''] }] }),
  )
  expect(Reservations?.[0]?.Instances?.[0]?.CapacityReservationSpecification).toEqual({
    CapacityReservationTarget: { CapacityReservationId: id },
  })
})

test('capacity-reservations-only goes nowhere else', async () => {
  expect((await refusal(run(world, { ...ZONE_A, ...preferring('capacity-reservations-only') }))).code).toBe(
    'ReservationCapacityExceeded',
  )
  const id = (await reserve())?.CapacityReservationId
  const ids = await run(world, { ...preferring('capacity-reservations-only'), MinCount: 2, MaxCount: 2 })
  expect(await placeOf(ids)).toEqual([id, id])
})

test('what is reserved is out of a shortage’s reach, what is not is not', async () => {
  const id = (await reserve())?.CapacityReservationId
  world.sandbox.world.faults.add({ kind: 'shortage', instanceType: 'c7g.large', zone: 'us-east-1a', count: 2 })
  expect((await refusal(run(world, { ...ZONE_A, MinCount: 3, MaxCount: 3 }))).code).toBe('InsufficientInstanceCapacity')
  expect(await placeOf(await run(world, { ...ZONE_A, MinCount: 1, MaxCount: 3 }))).toEqual([id, id])
})

test('it counts whole towards the quota, and what runs in it does not count again', async () => {
  world.sandbox.world.faults.add({ kind: 'quota', quotaCode: 'L-1216C47A', value: 6 })
  const id = (await reserve())?.CapacityReservationId
  expect((await refusal(reserve())).code).toBe('VcpuLimitExceeded')
  expect(await run(world, { ...ZONE_A, MinCount: 3, MaxCount: 3 })).toHaveLength(3)
  expect((await refusal(run(world, ZONE_A))).code).toBe('VcpuLimitExceeded')
  expect((await described(id))?.AvailableInstanceCount).toBe(0)
})

test('a limited reservation ends by itself; its instances run on', async () => {
  const EndDate = new Date(clock.now() + HOUR)
  const id = (await reserve({ EndDateType: 'limited', EndDate }))?.CapacityReservationId
  const ids = await run(world, ZONE_A)
  await clock.forward(HOUR)
  expect(await described(id)).toMatchObject({ State: 'expired', AvailableInstanceCount: 0, EndDate })
  expect(await placeOf(ids)).toEqual([undefined])
  expect((await refusal(run(world, targeting(id)))).code).toBe('InvalidCapacityReservationState')
})

test('cancelled, it lets go of its instances and stays to be seen', async () => {
  const id = (await reserve())?.CapacityReservationId ?? ''
  const ids = await run(world, ZONE_A)
  await world.ec2.send(new CancelCapacityReservationCommand({ CapacityReservationId: id }))
  expect((await described(id))?.State).toBe('cancelled')
  expect(await placeOf(ids)).toEqual([undefined])
  const again = await refusal(world.ec2.send(new CancelCapacityReservationCommand({ CapacityReservationId: id })))
  expect(again.code).toBe('InvalidCapacityReservationState')
})

test('modified: more places, an end, and who may use it while nobody does', async () => {
  const id = (await reserve({ InstanceMatchCriteria: 'targeted' }))?.CapacityReservationId ?? ''
  const modify = (input: object) =>
    world.ec2.send(new ModifyCapacityReservationCommand({ CapacityReservationId: id, ...input }))
  const before = await run(world, ZONE_A)
  await modify({ InstanceCount: 3, InstanceMatchCriteria: 'open' })
  // Opened, it takes in what runs already.
  expect(await placeOf(before)).toEqual([id])
  expect(await described(id)).toMatchObject({ TotalInstanceCount: 3, AvailableInstanceCount: 2 })
  expect((await refusal(modify({ InstanceMatchCriteria: 'targeted' }))).code).toBe('InvalidParameterCombination')
  expect((await refusal(modify({ EndDateType: 'limited' }))).code).toBe('InvalidParameterCombination')
  await run(world, { ...ZONE_A, MinCount: 2, MaxCount: 2 })
  expect((await refusal(modify({ InstanceCount: 2 }))).code).toBe('InvalidParameterValue')
  await modify({ EndDateType: 'limited', EndDate: new Date(clock.now() + HOUR) })
  expect((await described(id))?.EndDateType).toBe('limited')
  await modify({ EndDateType: 'unlimited' })
  await clock.forward(2 * HOUR)
  expect((await described(id))?.State).toBe('active')
})

test('one in a cluster placement group serves that group alone, and holds it', async () => {
  const group = { GroupName: 'tight' }
  const { PlacementGroup } = await world.ec2.send(new CreatePlacementGroupCommand({ ...group, Strategy: 'cluster' }))
  const shape = { InstanceType: 'c7gn.16xlarge', PlacementGroupArn: PlacementGroup?.GroupArn }
  const id = (await reserve(shape))?.CapacityReservationId ?? ''
  const type = { InstanceType: 'c7gn.16xlarge' as const }
  const outside = await run(world, { ...ZONE_A, ...type })
  const inside = await run(world, { ...type, Placement: { ...ZONE_A.Placement, ...group } })
  expect(await placeOf([...outside, ...inside])).toEqual([undefined, id])
  await clock.forward(1000)
  await world.ec2.send(new TerminateInstancesCommand({ InstanceIds: inside }))
  await clock.forward(1000)
  const remove = () => world.ec2.send(new DeletePlacementGroupCommand(group))
  expect((await refusal(remove())).code).toBe('InvalidPlacementGroup.InUse')
  await world.ec2.send(new CancelCapacityReservationCommand({ CapacityReservationId: id }))
  await remove()
})

test('a fleet takes what is reserved first where it says so', async () => {
  await world.ec2.send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName: 'first', LaunchTemplateData: { ImageId: ARM } }),
  )
  const id = (await reserve({ AvailabilityZone: 'us-east-1b' }))?.CapacityReservationId
  const template = { LaunchTemplateName: 'first', Version: '1' }
  const Overrides = ['us-east-1a', 'us-east-1b'].map((AvailabilityZone) => ({
    InstanceType: 'c7g.large' as const,
    AvailabilityZone,
  }))
  const { Instances = [] } = await world.ec2.send(
    new CreateFleetCommand({
      Type: 'instant',
      LaunchTemplateConfigs: [{ LaunchTemplateSpecification: template, Overrides }],
      TargetCapacitySpecification: { TotalTargetCapacity: 1, DefaultTargetCapacityType: 'on-demand' },
      OnDemandOptions: { CapacityReservationOptions: { UsageStrategy: 'use-capacity-reservations-first' } },
    }),
  )
  expect(Instances.map((one) => one.AvailabilityZone)).toEqual(['us-east-1b'])
  expect(await placeOf(Instances[0]?.InstanceIds ?? [])).toEqual([id])
})

test('a token gives the same reservation again; tags can be put on it', async () => {
  const first = await reserve({ ClientToken: 'one' })
  expect((await reserve({ ClientToken: 'one' }))?.CapacityReservationId).toBe(first?.CapacityReservationId)
  expect((await refusal(reserve({ ClientToken: 'one', InstanceCount: 5 }))).code).toBe('IdempotentParameterMismatch')
  const id = first?.CapacityReservationId ?? ''
  await world.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'a', Value: 'b' }] }))
  const byTag = new DescribeCapacityReservationsCommand({ Filters: [{ Name: 'tag:a', Values: ['b'] }] })
  expect((await world.ec2.send(byTag)).CapacityReservations).toHaveLength(1)
})

test.each([
  ['an unknown zone', { AvailabilityZone: 'us-east-1z' }, 'InvalidParameterValue'],
  ['no zone', { AvailabilityZone: undefined }, 'MissingParameter'],
  ['a zone without the type', { InstanceType: 'hpc7g.16xlarge', AvailabilityZone: 'us-east-1b' }, 'Unsupported'],
  ['no instances', { InstanceCount: 0 }, 'InvalidParameterValue'],
  ['too many', { InstanceCount: 1001 }, 'InvalidParameterValue'],
  ['limited without an end', { EndDateType: 'limited' as const }, 'InvalidParameterCombination'],
  ['an end without a limit', { EndDate: new Date('2030-01-01') }, 'InvalidParameterCombination'],
  ['an end in the past', { EndDateType: 'limited' as const, EndDate: new Date('2020-01-01') }, 'InvalidParameterValue'],
  [
    'a placement group that is not there',
    { PlacementGroupArn: 'arn:aws:ec2:us-east-1:000000000000:placement-group/none' },
    'InvalidPlacementGroup.Unknown',
  ],
])('refuses %s', async (_, input, code) => {
  expect((await refusal(reserve(input))).code).toBe(code)
})

test.each([
  ['unknown', 'cr-0123456789abcdef0', 'InvalidCapacityReservationId.NotFound'],
  ['malformed', 'r-0123456789abcdef0', 'InvalidCapacityReservationId.Malformed'],
])('a reservation that is %s', async (_, id, code) => {
  expect((await refusal(run(world, targeting(id)))).code).toBe(code)
  expect((await refusal(described(id))).code).toBe(code)
  const cancel = new CancelCapacityReservationCommand({ CapacityReservationId: id })
  expect((await refusal(world.ec2.send(cancel))).code).toBe(code)
})

test('a shortage refuses the reservation, with the zones that have room', async () => {
  world.sandbox.world.faults.add({
    kind: 'shortage',
    instanceType: 'c7g.large',
    zone: 'us-east-1a',
    availableZones: ['us-east-1b'],
  })
  const { code, message } = await refusal(reserve())
  expect([code, message]).toEqual(['InsufficientInstanceCapacity', expect.stringMatching(/or choosing us-east-1b\.$/)])
})
