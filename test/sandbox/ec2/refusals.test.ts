import {
  CreateTagsCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  DescribeSpotPriceHistoryCommand,
  DescribeSubnetsCommand,
  ModifyInstanceAttributeCommand,
  TerminateInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, run, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'

let world: Ec2World
let subnets: Map<string, string>

beforeAll(async () => {
  world = await startEc2()
  const { Subnets = [] } = await world.ec2.send(new DescribeSubnetsCommand({}))
  subnets = new Map(Subnets.map(({ AvailabilityZone = '', SubnetId = '' }) => [AvailabilityZone, SubnetId]))
})

afterAll(() => world.close())

test('one unknown id fails the whole call, also for what ends instances', async () => {
  const [id = ''] = await run(world)
  const ids = [id, 'i-0123456789abcdef0', 'i-0123456789abcdef1']
  expect(await refusal(world.ec2.send(new DescribeInstancesCommand({ InstanceIds: ids })))).toEqual({
    code: 'InvalidInstanceID.NotFound',
    message: "The instance IDs 'i-0123456789abcdef0, i-0123456789abcdef1' do not exist",
    status: 400,
  })
  expect((await refusal(world.ec2.send(new TerminateInstancesCommand({ InstanceIds: ids })))).code).toBe(
    'InvalidInstanceID.NotFound',
  )
  expect(await refusal(world.ec2.send(new TerminateInstancesCommand({ InstanceIds: ['banana'] })))).toMatchObject({
    code: 'InvalidInstanceID.Malformed',
    message: 'Invalid id: "banana" (expecting "i-...")',
  })
  const { Reservations } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
  expect(Reservations?.[0]?.Instances?.[0]?.State?.Name).toMatch(/pending|running/)
})

test('termination protection holds for the instance’s zone only', async () => {
  const [kept = ''] = await run(world, { DisableApiTermination: true, SubnetId: subnets.get('us-east-1a') ?? '' })
  const [beside = ''] = await run(world, { SubnetId: subnets.get('us-east-1a') ?? '' })
  const [elsewhere = ''] = await run(world, { SubnetId: subnets.get('us-east-1b') ?? '' })
  const refused = await refusal(
    world.ec2.send(new TerminateInstancesCommand({ InstanceIds: [kept, beside, elsewhere] })),
  )
  expect(refused).toMatchObject({
    code: 'OperationNotPermitted',
    message: `The instance '${kept}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
  })
  const names = async () => {
    const { Reservations = [] } = await world.ec2.send(
      new DescribeInstancesCommand({ InstanceIds: [kept, beside, elsewhere] }),
    )
    return new Map(
      Reservations.flatMap(({ Instances = [] }) => Instances).map((one) => [one.InstanceId, one.State?.Name]),
    )
  }
  const states = await names()
  expect([states.get(kept), states.get(beside)].every((name) => name === 'pending' || name === 'running')).toBe(true)
  expect(states.get(elsewhere)).toMatch(/shutting-down|terminated/)
  await world.ec2.send(
    new ModifyInstanceAttributeCommand({ InstanceId: kept, DisableApiTermination: { Value: false } }),
  )
  await world.ec2.send(new TerminateInstancesCommand({ InstanceIds: [kept, beside] }))
})

test('filters, pages and tags have their limits', async () => {
  const { ec2 } = world
  const [id = ''] = await run(world)
  const filtered = await refusal(
    ec2.send(new DescribeInstancesCommand({ Filters: [{ Name: 'colour', Values: ['red'] }] })),
  )
  expect(filtered).toMatchObject({ code: 'InvalidParameterValue', message: "The filter 'colour' is invalid" })
  const both = await refusal(ec2.send(new DescribeInstancesCommand({ InstanceIds: [id], MaxResults: 5 })))
  expect(both).toMatchObject({
    code: 'InvalidParameterCombination',
    message: 'The parameter instancesSet cannot be used with the parameter maxResults',
  })
  expect((await refusal(ec2.send(new DescribeInstanceTypesCommand({ MaxResults: 101 })))).code).toBe(
    'InvalidParameterValue',
  )
  expect((await refusal(ec2.send(new DescribeInstanceTypesCommand({ NextToken: 'x' })))).code).toBe('InvalidNextToken')
  const types = await refusal(
    ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['c99.huge' as 'c7g.large'] })),
  )
  expect(types).toMatchObject({
    code: 'InvalidInstanceType',
    message: 'The following supplied instance types do not exist: [c99.huge]',
  })
  const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' }))
  expect((await refusal(ec2.send(new CreateTagsCommand({ Resources: [id], Tags: many })))).code).toBe(
    'InvalidParameterValue',
  )
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: many.slice(0, 50) }))
  const over = await refusal(ec2.send(new CreateTagsCommand({ Resources: [id], Tags: many.slice(50) })))
  expect(over.code).toBe('TagLimitExceeded')
  expect(
    (await refusal(ec2.send(new CreateTagsCommand({ Resources: ['nothing'], Tags: many.slice(0, 1) })))).code,
  ).toBe('InvalidID')
})

/** What no SDK would write, as raw parameters: the signature is right, the form is not. */
test.each([
  ['a list whose number is none', { 'InstanceId.a': 'i-0123456789abcdef0' }],
  ['a list whose number is too long', { 'InstanceId.99999999999': 'i-0123456789abcdef0' }],
  ['a structure where a word belongs', { 'InstanceId.1.Value': 'i-0123456789abcdef0' }],
  ['a word where a list belongs', { Filter: 'x' }],
])('%s is the caller’s mistake, not ours', async (_what, parameters) => {
  expect(await refusal(raw(parameters))).toMatchObject({
    code: expect.not.stringContaining('InternalError'),
    status: 400,
  })
})

/** Sends DescribeInstances with these parameters in its body. */
async function raw(parameters: Readonly<Record<string, string>>): Promise<unknown> {
  const command = new DescribeInstancesCommand({})
  command.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: string; headers: Record<string, string> }
      request.body = `${request.body}&${new URLSearchParams(parameters).toString()}`
      request.headers['content-length'] = String(Buffer.byteLength(request.body))
      return next(args)
    },
    { step: 'build', priority: 'low' },
  )
  return world.ec2.send(command)
}

test.each<[string, Partial<RunInstancesCommandInput>]>([
  ['a way to recover that is none', { MaintenanceOptions: { AutoRecovery: 'bogus' as 'default' } }],
  ['a weighting that is none', { NetworkPerformanceOptions: { BandwidthWeighting: 'bogus' as 'default' } }],
  ['nesting that is none', { CpuOptions: { NestedVirtualization: 'bogus' as 'enabled' } }],
  [
    'a timeout out of its range',
    { NetworkInterfaces: [{ DeviceIndex: 0, ConnectionTrackingSpecification: { UdpTimeout: 5 } }] },
  ],
])('no launch with %s', async (_what, input) => {
  expect((await refusal(run(world, input))).code).toBe('InvalidParameterValue')
})

test('owners of images and types of instances are checked before nothing is found', async () => {
  expect(await refusal(world.ec2.send(new DescribeImagesCommand({ Owners: ['bogus'] })))).toMatchObject({
    code: 'InvalidUserID.Malformed',
  })
  const prices = new DescribeSpotPriceHistoryCommand({ InstanceTypes: ['bogus' as 'c5.large'] })
  expect((await refusal(world.ec2.send(prices))).code).toBe('InvalidParameterValue')
})
