import {
  CancelCapacityReservationCommand,
  CreateFleetCommand,
  CreateLaunchTemplateCommand,
  CreatePlacementGroupCommand,
  DescribeCapacityBlockOfferingsCommand,
  DescribeCapacityReservationsCommand,
  DescribeInstancesCommand,
  PurchaseCapacityBlockCommand,
} from '@aws-sdk/client-ec2'
import type {
  CapacityReservation,
  DescribeCapacityBlockOfferingsCommandInput,
  RunInstancesCommandInput,
} from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal, run, startEc2, X86 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { manualClock } from './manual-clock.ts'

const HOUR = 3_600_000
const TYPE = 'p5.48xlarge' as const
let clock: ReturnType<typeof manualClock>
let world: Ec2World
beforeEach(async () => {
  clock = manualClock()
  world = await startEc2({ clock })
})
afterEach(() => world.close())

async function offerings(input: Partial<DescribeCapacityBlockOfferingsCommandInput> = {}) {
  const wanted = { InstanceType: TYPE, InstanceCount: 2, CapacityDurationHours: 24, ...input }
  return (await world.ec2.send(new DescribeCapacityBlockOfferingsCommand(wanted))).CapacityBlockOfferings ?? []
}

async function buy(from = clock.now()): Promise<CapacityReservation> {
  const [offering] = await offerings({ StartDateRange: new Date(from) })
  const { CapacityReservation: bought } = await world.ec2.send(
    new PurchaseCapacityBlockCommand({
      CapacityBlockOfferingId: offering?.CapacityBlockOfferingId,
      InstancePlatform: 'Linux/UNIX',
    }),
  )
  return bought ?? {}
}

async function stateOf({ CapacityReservationId = '' }: CapacityReservation) {
  const byId = new DescribeCapacityReservationsCommand({ CapacityReservationIds: [CapacityReservationId] })
  return (await world.ec2.send(byId)).CapacityReservations?.[0]?.State
}

const into = ({ CapacityReservationId }: CapacityReservation): Partial<RunInstancesCommandInput> => ({
  InstanceType: TYPE,
  ImageId: X86,
  InstanceMarketOptions: { MarketType: 'capacity-block' },
  CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId } },
})

const purchase = (CapacityBlockOfferingId: string | undefined) =>
  world.ec2.send(new PurchaseCapacityBlockCommand({ CapacityBlockOfferingId, InstancePlatform: 'Linux/UNIX' }))

async function fleet(LaunchTemplateName: string, LaunchTemplateData: object) {
  await world.ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData }))
  return world.ec2.send(
    new CreateFleetCommand({
      Type: 'instant',
      LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { LaunchTemplateName, Version: '1' } }],
      TargetCapacitySpecification: { TotalTargetCapacity: 2, DefaultTargetCapacityType: 'capacity-block' },
    }),
  )
}

async function look(id: string | undefined) {
  const { Reservations } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id ?? ''] }))
  return Reservations?.[0]?.Instances?.[0]
}

test('offerings are of the zones that sell the type, with their times; the fee is derived', async () => {
  const found = await offerings()
  expect(found.length).toBeGreaterThan(1)
  for (const one of found) {
    expect(one.CapacityBlockOfferingId).toMatch(/^cb-[0-9a-f]{17}$/)
    expect((one.EndDate?.getTime() ?? 0) - (one.StartDate?.getTime() ?? 0)).toBe(24 * HOUR)
    // 55.04 dollars an hour, two instances, a day.
    expect([one.UpfrontFee, one.CurrencyCode]).toEqual(['2641.92', 'USD'])
  }
  const later = await offerings({ StartDateRange: new Date(clock.now() + 72 * HOUR) })
  expect(Math.min(...later.map(({ StartDate }) => StartDate?.getTime() ?? 0))).toBe(clock.now() + 72 * HOUR)
  expect(await offerings({ EndDateRange: new Date(clock.now() + 23 * HOUR) })).toEqual([])
})

test('a block is paid, scheduled and active in its time, and takes launches only then', async () => {
  const block = await buy(clock.now() + 48 * HOUR)
  expect(block).toMatchObject({ ReservationType: 'capacity-block', TotalInstanceCount: 2, EndDateType: 'limited' })
  expect(block.State).toBe('payment-pending')
  await clock.forward(1000)
  expect(await stateOf(block)).toBe('scheduled')
  expect(await refusal(run(world, into(block)))).toEqual({
    code: 'InvalidCapacityReservationState.PendingActivation',
    message: `Your Capacity Block reservation ${block.CapacityReservationId} is not active yet.`,
    status: 400,
  })
  await clock.forward(48 * HOUR)
  expect(await stateOf(block)).toBe('active')
  const [id] = await run(world, into(block))
  expect(await look(id)).toMatchObject({
    InstanceLifecycle: 'capacity-block',
    CapacityReservationId: block.CapacityReservationId,
    CapacityBlockId: block.CapacityBlockId,
    Placement: { AvailabilityZone: block.AvailabilityZone },
  })
})

test('its instances are ended half an hour before it', async () => {
  const block = await buy()
  await clock.forward(1000)
  const [id] = await run(world, into(block))
  await clock.forward(23 * HOUR + 29 * 60_000)
  expect((await look(id))?.State?.Name).toBe('running')
  await clock.forward(60_000)
  expect((await look(id))?.State?.Name).toBe('terminated')
  expect(await stateOf(block)).toBe('active')
  expect((await refusal(run(world, into(block)))).code).toBe('InvalidCapacityReservationState')
  await clock.forward(30 * 60_000)
  expect(await stateOf(block)).toBe('expired')
})

test('a launch must say what it is, in no group, and within the block', async () => {
  const block = await buy()
  await clock.forward(1000)
  const good = into(block)
  const { InstanceMarketOptions: _market, ...unsaid } = good
  const { CapacityReservationSpecification: _target, ...untargeted } = good
  await world.ec2.send(new CreatePlacementGroupCommand({ GroupName: 'tight', Strategy: 'cluster' }))
  const grouped = { ...good, Placement: { GroupName: 'tight' } }
  for (const input of [unsaid, untargeted, grouped])
    expect((await refusal(run(world, input))).code).toBe('InvalidParameterCombination')
  expect((await refusal(run(world, { ...good, MinCount: 3, MaxCount: 3 }))).code).toBe('ReservationCapacityExceeded')
  expect(await run(world, { ...good, MinCount: 2, MaxCount: 2 })).toHaveLength(2)
})

test('a fleet fills a block, and its template must say so', async () => {
  const block = await buy()
  await clock.forward(1000)
  const { InstanceMarketOptions, CapacityReservationSpecification } = into(block)
  const data = { ImageId: X86, InstanceType: TYPE, CapacityReservationSpecification }
  expect((await fleet('unsaid', data)).Errors?.[0]).toMatchObject({
    ErrorCode: 'InvalidParameterCombination',
    Lifecycle: 'capacity-block',
  })
  const { Instances = [], Errors } = await fleet('said', { ...data, InstanceMarketOptions })
  expect(Errors).toEqual([])
  expect(Instances).toMatchObject([{ Lifecycle: 'capacity-block', AvailabilityZone: block.AvailabilityZone }])
  expect(Instances[0]?.InstanceIds).toHaveLength(2)
})

test('no quota holds a block back, a shortage of blocks does', async () => {
  const { faults } = world.sandbox.world
  faults.add({ kind: 'quota', quotaCode: 'L-417A185B', value: 0 })
  const block = await buy()
  await clock.forward(1000)
  faults.add({ kind: 'shortage', instanceType: TYPE, zone: '*', purchase: 'capacity-block', count: 1 })
  expect((await refusal(run(world, into(block)))).code).toBe('InsufficientInstanceCapacity')
  expect(await run(world, into(block))).toHaveLength(1)
})

test('a block lasts longer than a timer, and cannot be given back', async () => {
  const [offering] = await offerings({ CapacityDurationHours: 28 * 24 })
  const { CapacityReservation: block = {} } = await world.ec2.send(
    new PurchaseCapacityBlockCommand({
      CapacityBlockOfferingId: offering?.CapacityBlockOfferingId,
      InstancePlatform: 'Linux/UNIX',
    }),
  )
  const { CapacityReservationId } = block
  const cancel = new CancelCapacityReservationCommand({ CapacityReservationId })
  expect((await refusal(world.ec2.send(cancel))).code).toBe('OperationNotPermitted')
  await clock.forward(1000)
  const [id] = await run(world, into(block))
  await clock.forward(27 * 24 * HOUR)
  expect((await look(id))?.State?.Name).toBe('running')
  await clock.forward(24 * HOUR - 29 * 60_000)
  expect((await look(id))?.State?.Name).toBe('terminated')
})

test.each([
  ['a day and a half', { CapacityDurationHours: 36 }, 'InvalidParameterValue'],
  ['fifteen days', { CapacityDurationHours: 15 * 24 }, 'InvalidParameterValue'],
  ['more than half a year', { CapacityDurationHours: 189 * 24 }, 'InvalidParameterValue'],
  ['a type that is not sold so', { InstanceType: 'hpc7g.16xlarge' }, 'InvalidParameterValue'],
  ['65 instances', { InstanceCount: 65 }, 'InvalidParameterValue'],
])('refuses offerings of %s', async (_, input, code) => {
  expect((await refusal(offerings(input))).code).toBe(code)
})

test.each([
  ['malformed', 'cbo-1', 'InvalidCapacityBlockOfferingIdMalformed'],
  ['unknown', 'cb-0123456789abcdef0', 'InvalidCapacityBlockOfferingIdNotFound'],
])('an offering that is %s', async (_, CapacityBlockOfferingId, code) => {
  const call = new PurchaseCapacityBlockCommand({ CapacityBlockOfferingId, InstancePlatform: 'Linux/UNIX' })
  expect((await refusal(world.ec2.send(call))).code).toBe(code)
})

test('an offering is there for an hour, and 256 instances are the most', async () => {
  const [old] = await offerings()
  await clock.forward(HOUR + 1)
  expect((await refusal(purchase(old?.CapacityBlockOfferingId))).code).toBe('InvalidCapacityBlockOfferingIdExpired')
  const blocks = await offerings({ InstanceCount: 64 })
  expect(blocks.length).toBeGreaterThan(4)
  for (const one of blocks.slice(0, 4)) await purchase(one.CapacityBlockOfferingId)
  expect((await refusal(purchase(blocks[4]?.CapacityBlockOfferingId))).code).toBe('InstanceLimitExceeded')
})
