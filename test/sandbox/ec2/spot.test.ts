import {
  CancelSpotInstanceRequestsCommand,
  CreateFleetCommand,
  CreateLaunchTemplateCommand,
  DescribeInstancesCommand,
  DescribeSpotInstanceRequestsCommand,
  DescribeSpotPriceHistoryCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import type { CreateFleetCommandInput, SpotInstanceRequest } from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ARM, refusal, run, startEc2, X86 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { manualClock } from './manual-clock.ts'
import { scriptedMachines } from './scripted-machines.ts'
import type { ScriptedMachines } from './scripted-machines.ts'

const clock = manualClock()
let machines: ScriptedMachines
let world: Ec2World
beforeEach(async () => {
  machines = scriptedMachines()
  world = await startEc2({ clock, machines })
})
afterEach(() => world.close())

const SPOT = { InstanceMarketOptions: { MarketType: 'spot' as const } }

const inZone = (AvailabilityZone: string) => ({ ...SPOT, Placement: { AvailabilityZone } })

const action = (id: string) => machines.of(id).spec.metadata('meta-data/spot/instance-action')

async function ask(type: 'c7g.large' | 'hpc7g.16xlarge', more: object = {}) {
  const history = await world.ec2.send(new DescribeSpotPriceHistoryCommand({ InstanceTypes: [type], ...more }))
  return history.SpotPriceHistory ?? []
}

async function look(id: string) {
  const { Reservations } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
  return Reservations?.[0]?.Instances?.[0]
}

async function requestOf(id: string): Promise<SpotInstanceRequest | undefined> {
  const byInstance = { Filters: [{ Name: 'instance-id', Values: [id] }] }
  const { SpotInstanceRequests } = await world.ec2.send(new DescribeSpotInstanceRequestsCommand(byInstance))
  return SpotInstanceRequests?.[0]
}

test('a Spot instance has a request, which ends with it', async () => {
  const [id = ''] = await run(world, SPOT)
  await clock.forward(500)
  const instance = await look(id)
  expect(instance).toMatchObject({
    InstanceLifecycle: 'spot',
    SpotInstanceRequestId: expect.stringMatching(/^sir-[0-9a-f]{8}$/),
  })
  expect(machines.of(id).spec.metadata('meta-data/instance-life-cycle')).toBe('spot')
  expect(await requestOf(id)).toMatchObject({
    SpotInstanceRequestId: instance?.SpotInstanceRequestId,
    State: 'active',
    Status: { Code: 'fulfilled', Message: 'Your Spot request is fulfilled.' },
    Type: 'one-time',
    ProductDescription: 'Linux/UNIX',
    LaunchSpecification: { InstanceType: 'c7g.large', SubnetId: instance?.SubnetId },
    LaunchedAvailabilityZone: instance?.Placement?.AvailabilityZone,
  })
  await world.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
  expect(await requestOf(id)).toMatchObject({ State: 'closed', Status: { Code: 'instance-terminated-by-user' } })
})

test('cancelling the request leaves the instance', async () => {
  const [id = ''] = await run(world, SPOT)
  const sir = (await requestOf(id))?.SpotInstanceRequestId ?? ''
  const cancelled = await world.ec2.send(new CancelSpotInstanceRequestsCommand({ SpotInstanceRequestIds: [sir] }))
  expect(cancelled.CancelledSpotInstanceRequests).toEqual([{ SpotInstanceRequestId: sir, State: 'cancelled' }])
  expect(await requestOf(id)).toMatchObject({
    State: 'cancelled',
    Status: { Code: 'request-canceled-and-instance-running' },
  })
  await clock.forward(500)
  expect((await look(id))?.State?.Name).toBe('running')
})

test.each([
  ['unknown', 'sir-0123abcd', 'InvalidSpotInstanceRequestID.NotFound'],
  ['malformed', 'r-0123abcd', 'InvalidSpotInstanceRequestID.Malformed'],
])('a request id that is %s', async (_, id, code) => {
  const call = new CancelSpotInstanceRequestsCommand({ SpotInstanceRequestIds: [id] })
  expect((await refusal(world.ec2.send(call))).code).toBe(code)
})

const spotOptions = (options: object) => ({
  InstanceMarketOptions: { MarketType: 'spot' as const, SpotOptions: options },
})

test.each([
  ['a type that is not sold on Spot', { InstanceType: 'hpc7g.16xlarge' as const, ...SPOT }, 'Unsupported'],
  ['a price too low', spotOptions({ MaxPrice: '0.0001' }), 'SpotMaxPriceTooLow'],
  ['no price', spotOptions({ MaxPrice: '0' }), 'InvalidParameterValue'],
  ['stopping a one-time request', spotOptions({ InstanceInterruptionBehavior: 'stop' }), 'InvalidParameterValue'],
  [
    'Spot options without Spot',
    { InstanceMarketOptions: { SpotOptions: { MaxPrice: '1' } } },
    'InvalidParameterCombination',
  ],
  ['a duration', spotOptions({ BlockDurationMinutes: 60 }), 'InvalidParameterValue'],
])('%s is refused', async (_, input, code) => {
  expect((await refusal(run(world, input))).code).toBe(code)
})

test('the refusal of a price names the least one, which is taken', async () => {
  const placement = { Placement: { AvailabilityZone: 'us-east-1a' } }
  const { message } = await refusal(run(world, { ...spotOptions({ MaxPrice: '0.001' }), ...placement }))
  const least =
    /^Your Spot request price of 0.001 is lower than the minimum required Spot request fulfillment price of (\d\.\d+)\.$/.exec(
      message,
    )?.[1]
  const history = new DescribeSpotPriceHistoryCommand({ InstanceTypes: ['c7g.large'], AvailabilityZone: 'us-east-1a' })
  const { SpotPriceHistory = [] } = await world.ec2.send(history)
  expect(SpotPriceHistory.map(({ SpotPrice }) => Number(SpotPrice))).toEqual([Number(least)])
  expect(await run(world, { ...spotOptions({ MaxPrice: least ?? '' }), ...placement })).toHaveLength(1)
})

test('prices are derived and dated; a type without Spot has none', async () => {
  const prices = await ask('c7g.large', { ProductDescriptions: ['Linux/UNIX'], StartTime: new Date(clock.now()) })
  expect(new Set(prices.map(({ AvailabilityZone }) => AvailabilityZone)).size).toBe(prices.length)
  expect(prices.length).toBeGreaterThan(2)
  for (const { SpotPrice, Timestamp } of prices) {
    expect(Timestamp).toEqual(new Date('2026-07-20T00:00:00Z'))
    // c7g.large costs 0.0725 on demand.
    expect(Number(SpotPrice) / 0.0725).toBeGreaterThanOrEqual(0.29)
    expect(Number(SpotPrice) / 0.0725).toBeLessThanOrEqual(0.51)
  }
  expect(await ask('hpc7g.16xlarge')).toEqual([])
  expect(await ask('c7g.large', { ProductDescriptions: ['Windows'] })).toEqual([])
  expect(await ask('c7g.large', { EndTime: new Date('2026-07-19T00:00:00Z') })).toEqual([])
})

async function fleet(zones: readonly string[], wanted: Partial<CreateFleetCommandInput> = {}) {
  await world.ec2.send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName: 'spot', LaunchTemplateData: { ImageId: ARM } }),
  )
  const template = { LaunchTemplateName: 'spot', Version: '$Latest' }
  const Overrides = zones.map((AvailabilityZone) => ({ InstanceType: 'c7g.large' as const, AvailabilityZone }))
  const config = { LaunchTemplateSpecification: template, Overrides }
  return world.ec2.send(
    new CreateFleetCommand({
      Type: 'instant',
      LaunchTemplateConfigs: [config],
      TargetCapacitySpecification: { TotalTargetCapacity: 2, DefaultTargetCapacityType: 'spot' },
      ...wanted,
    }),
  )
}

test('a fleet on Spot takes the cheapest zone, and a request stands behind each instance', async () => {
  const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c']
  const history = new DescribeSpotPriceHistoryCommand({ InstanceTypes: ['c7g.large'] })
  const prices = (await world.ec2.send(history)).SpotPriceHistory ?? []
  const [cheapest] = prices
    .filter(({ AvailabilityZone = '' }) => zones.includes(AvailabilityZone))
    .toSorted((a, b) => Number(a.SpotPrice) - Number(b.SpotPrice))
  const { Instances = [] } = await fleet(zones)
  expect(Instances.map((one) => [one.Lifecycle, one.AvailabilityZone])).toEqual([['spot', cheapest?.AvailabilityZone]])
  const { SpotInstanceRequests } = await world.ec2.send(new DescribeSpotInstanceRequestsCommand({}))
  expect(SpotInstanceRequests).toHaveLength(2)
})

test('a shortage on Spot leaves on-demand capacity, and its sentence names no zone', async () => {
  world.sandbox.world.faults.add({ kind: 'shortage', instanceType: '*', zone: '*', purchase: 'spot' })
  const { Instances, Errors } = await fleet(['us-east-1a'])
  expect(Instances).toEqual([])
  expect(Errors).toMatchObject([
    {
      ErrorCode: 'InsufficientInstanceCapacity',
      ErrorMessage: 'There is no Spot capacity available that matches your request.',
      Lifecycle: 'spot',
    },
  ])
  expect(await refusal(run(world, SPOT))).toMatchObject({ code: 'InsufficientInstanceCapacity', status: 500 })
  expect(await run(world)).toHaveLength(1)
})

test('an interruption by type and zone, after a while and with a notice of its own', async () => {
  const [there = ''] = await run(world, inZone('us-east-1a'))
  const [elsewhere = ''] = await run(world, inZone('us-east-1b'))
  const [onDemand = ''] = await run(world, { Placement: { AvailabilityZone: 'us-east-1a' } })
  await clock.forward(500)
  const { faults } = world.sandbox.world
  faults.add({
    kind: 'spot-interruption',
    instanceType: 'c7g.large',
    zone: 'us-east-1a',
    afterMs: 30_000,
    noticeMs: 10_000,
  })
  await clock.forward(29_000)
  expect([action(there), faults.list()]).toEqual([undefined, []])
  await clock.forward(2000)
  expect(JSON.parse(action(there) ?? '')).toMatchObject({ action: 'terminate' })
  expect((await requestOf(there))?.Status?.Code).toBe('marked-for-termination')
  await clock.forward(10_000)
  expect(await look(there)).toMatchObject({
    State: { Name: 'terminated' },
    StateReason: { Code: 'Server.SpotInstanceTermination' },
  })
  expect(await requestOf(there)).toMatchObject({ State: 'closed', Status: { Code: 'instance-terminated-no-capacity' } })
  for (const id of [elsewhere, onDemand]) expect((await look(id))?.State?.Name).toBe('running')
})

test('an interruption with a count waits for those that are still to come', async () => {
  const { faults } = world.sandbox.world
  faults.add({ kind: 'spot-interruption', instanceType: '*', count: 2, noticeMs: 1000 })
  const ids = await run(world, { ...SPOT, InstanceType: 'c6i.large', ImageId: X86 })
  await clock.forward(1500)
  expect(faults.list()).toMatchObject([{ kind: 'spot-interruption', count: 1 }])
  const more = await run(world, { ...SPOT, MinCount: 2, MaxCount: 2 })
  await clock.forward(5000)
  const states = await Promise.all([...ids, ...more].map(async (id) => (await look(id))?.State?.Name))
  expect(states.filter((state) => state === 'terminated')).toHaveLength(2)
  expect(states[0]).toBe('terminated')
})

test('an instance that EC2 accepted and then had no room for', async () => {
  world.sandbox.world.faults.add({ kind: 'dies-pending', count: 1, reason: 'insufficient-capacity' })
  const [id = ''] = await run(world)
  await clock.forward(500)
  expect(await look(id)).toMatchObject({
    State: { Name: 'terminated' },
    StateReason: { Code: 'Server.InsufficientInstanceCapacity' },
  })
})

test('a partial fault gives a part where the least allows it, and leaves a smaller launch alone', async () => {
  const { faults } = world.sandbox.world
  faults.add({
    kind: 'partial',
    instanceType: 'c7g.large',
    launched: 1,
    purchase: 'spot',
    zone: 'us-east-1a',
    count: 1,
  })
  expect(await run(world, { MinCount: 2, MaxCount: 2, Placement: { AvailabilityZone: 'us-east-1a' } })).toHaveLength(2)
  const least = { SingleInstanceType: true, SingleAvailabilityZone: true, MinTargetCapacity: 1 }
  const { Instances = [], Errors = [] } = await fleet(['us-east-1a'], { SpotOptions: least })
  expect(Instances.flatMap(({ InstanceIds = [] }) => InstanceIds)).toHaveLength(1)
  expect(Errors).toHaveLength(1)
  expect(faults.list()).toEqual([])
})
