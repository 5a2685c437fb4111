import {
  CreateFleetCommand,
  CreateLaunchTemplateCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import type { CreateFleetCommandInput } from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { quotaCodeOf } from '../../../src/sandbox/services/ec2/launch/vcpu-quota.ts'
import { instanceTypes } from '../../../src/sandbox/services/ec2/state/instance-types.ts'
import { quotaOf } from '../../../src/sandbox/services/service-quotas/quotas.ts'
import { ARM, refusal, run, startEc2, X86 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { manualClock } from './manual-clock.ts'

const STANDARD = 'L-1216C47A'

const clock = manualClock()
let world: Ec2World
beforeEach(async () => {
  world = await startEc2({ clock })
})
afterEach(() => world.close())

const limit = (quotaCode: string, value: number) => world.sandbox.world.faults.add({ kind: 'quota', quotaCode, value })

const vcpuLimitExceeded = (value: number) => ({
  code: 'VcpuLimitExceeded',
  message: `You have requested more vCPU capacity than your current vCPU limit of ${value} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.`,
  status: 400,
})

test('launches are held to the quota of their family, running instances counted', async () => {
  limit(STANDARD, 8)
  // c7g.large has 2 vCPUs, g4dn.xlarge counts elsewhere.
  const first = await run(world, { MinCount: 3, MaxCount: 3 })
  expect(first).toHaveLength(3)
  expect(await refusal(run(world, { MinCount: 2, MaxCount: 2 }))).toEqual(vcpuLimitExceeded(8))
  expect(await run(world, { MinCount: 1, MaxCount: 5 })).toHaveLength(1)
  expect(await refusal(run(world))).toEqual(vcpuLimitExceeded(8))
  expect(await run(world, { InstanceType: 'g4dn.xlarge', ImageId: X86 })).toHaveLength(1)
  await clock.forward(100)
  await world.ec2.send(new TerminateInstancesCommand({ InstanceIds: first }))
  expect(await run(world, { MinCount: 3, MaxCount: 3 })).toHaveLength(3)
})

test('a dry run says nothing of the quota', async () => {
  limit(STANDARD, 0)
  expect((await refusal(run(world, { DryRun: true }))).code).toBe('DryRunOperation')
})

test('a stopped instance does not count, and needs room to start', async () => {
  limit(STANDARD, 4)
  const ids = await run(world, { MinCount: 2, MaxCount: 2 })
  await clock.forward(100)
  await world.ec2.send(new StopInstancesCommand({ InstanceIds: ids }))
  await clock.forward(60_000)
  expect(await run(world)).toHaveLength(1)
  expect(await refusal(world.ec2.send(new StartInstancesCommand({ InstanceIds: ids })))).toEqual(vcpuLimitExceeded(4))
  await world.ec2.send(new StartInstancesCommand({ InstanceIds: ids.slice(0, 1) }))
})

async function fleet(types: readonly string[], wanted: Partial<CreateFleetCommandInput>) {
  await world.ec2.send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName: 'quota', LaunchTemplateData: { ImageId: ARM } }),
  )
  return world.ec2.send(
    new CreateFleetCommand({
      Type: 'instant',
      LaunchTemplateConfigs: [
        {
          LaunchTemplateSpecification: { LaunchTemplateName: 'quota', Version: '$Latest' },
          Overrides: types.map((InstanceType) => ({ InstanceType: InstanceType as 'c7g.large' })),
        },
      ],
      TargetCapacitySpecification: { TotalTargetCapacity: 4, DefaultTargetCapacityType: 'on-demand' },
      ...wanted,
    }),
  )
}

test('a fleet takes what its quota leaves, over all its pools', async () => {
  limit(STANDARD, 6)
  const { Instances = [], Errors = [] } = await fleet(['c7g.large', 'm7g.large'], {})
  expect(Instances.flatMap(({ InstanceIds = [] }) => InstanceIds)).toHaveLength(3)
  expect(new Set(Errors.map(({ ErrorCode }) => ErrorCode))).toEqual(new Set(['VcpuLimitExceeded']))
})

test('a fleet of all or nothing launches nothing over its quota', async () => {
  limit('L-F7808C92', 128)
  const all = { SingleInstanceType: true, SingleAvailabilityZone: true, MinTargetCapacity: 4 }
  const { Instances = [], Errors = [] } = await fleet(['hpc7g.16xlarge'], { OnDemandOptions: all })
  expect(Instances).toEqual([])
  expect(Errors.map(({ ErrorCode, ErrorMessage }) => [ErrorCode, ErrorMessage])).toContainEqual([
    'VcpuLimitExceeded',
    vcpuLimitExceeded(128).message,
  ])
})

test('Spot has quotas of its own', async () => {
  limit('L-34B43A08', 2)
  const spot = { InstanceMarketOptions: { MarketType: 'spot' as const } }
  expect(await run(world, spot)).toHaveLength(1)
  expect(await refusal(run(world, spot))).toEqual({
    code: 'MaxSpotInstanceCountExceeded',
    message: 'Max spot instance count exceeded',
    status: 400,
  })
  expect(await run(world)).toHaveLength(1)
})

test('nothing is limited unless somebody says so', async () => {
  const many = new RunInstancesCommand({ MinCount: 512, MaxCount: 512, InstanceType: 'hpc7g.16xlarge', ImageId: ARM })
  expect((await world.ec2.send(many)).Instances).toHaveLength(512)
})

test('every type counts towards a quota that there is, on demand; on Spot all but HPC and P6', () => {
  const none: string[] = []
  for (const name of instanceTypes().keys()) {
    expect(quotaOf(quotaCodeOf(name, 'on-demand') ?? ''), name).toBeDefined()
    const spot = quotaCodeOf(name, 'spot')
    if (spot === null) none.push(name)
    else expect(quotaOf(spot), name).toBeDefined()
  }
  expect(none.every((name) => /^(hpc|p6)/.test(name))).toBe(true)
  expect(quotaCodeOf('p5en.48xlarge', 'spot')).toBe('L-C4BD4855')
  expect(quotaCodeOf('trn2.48xlarge', 'on-demand')).toBe('L-2C3B7624')
  expect(quotaCodeOf('c8gn.48xlarge', 'on-demand')).toBe(STANDARD)
})
