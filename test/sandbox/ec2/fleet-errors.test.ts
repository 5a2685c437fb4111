import {
  CreateCapacityReservationCommand,
  CreateFleetCommand,
  CreateLaunchTemplateCommand,
  CreatePlacementGroupCommand,
  DescribeCapacityBlockOfferingsCommand,
  DescribeInstancesCommand,
  PurchaseCapacityBlockCommand,
} from '@aws-sdk/client-ec2'
import type {
  CreateFleetCommandInput,
  FleetLaunchTemplateOverridesRequest,
  RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Fault } from '../../../src/sandbox/faults/faults.ts'
import { ARM, startEc2, X86 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { manualClock } from './manual-clock.ts'

let clock: ReturnType<typeof manualClock>
let world: Ec2World
beforeEach(async () => {
  clock = manualClock()
  world = await startEc2({ clock })
})
afterEach(() => world.close())

type Purchase = 'on-demand' | 'spot' | 'capacity-block'

interface Case {
  readonly purchase?: Purchase
  readonly override?: FleetLaunchTemplateOverridesRequest
  readonly data?: RequestLaunchTemplateData
  readonly fault?: Fault
  readonly size?: number
}

/** A cohort as a ladder asks for it: one type, one zone, all or nothing. */
async function cohort({ purchase = 'on-demand', override = {}, data = {}, fault, size = 2 }: Case) {
  if (fault !== undefined) world.sandbox.world.faults.add(fault)
  await world.ec2.send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName: 'cohort', LaunchTemplateData: { ImageId: ARM, ...data } }),
  )
  const all = { SingleInstanceType: true, SingleAvailabilityZone: true, MinTargetCapacity: size }
  const input: CreateFleetCommandInput = {
    Type: 'instant',
    LaunchTemplateConfigs: [
      {
        LaunchTemplateSpecification: { LaunchTemplateName: 'cohort', Version: '$Latest' },
        Overrides: [{ InstanceType: 'c7g.large', AvailabilityZone: 'us-east-1a', ...override }],
      },
    ],
    TargetCapacitySpecification: { TotalTargetCapacity: size, DefaultTargetCapacityType: purchase },
    ...(purchase === 'spot' ? { SpotOptions: all } : { OnDemandOptions: all }),
  }
  return world.ec2.send(new CreateFleetCommand(input))
}

const into = (id: string | undefined): RequestLaunchTemplateData => ({
  CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId: id } },
})

const CASES: readonly (readonly [string, Case, string])[] = [
  [
    'no capacity',
    { fault: { kind: 'shortage', instanceType: '*', zone: 'us-east-1a', purchase: 'on-demand' } },
    'InsufficientInstanceCapacity',
  ],
  ['a part only', { fault: { kind: 'partial', instanceType: '*', launched: 1 } }, 'InsufficientInstanceCapacity'],
  [
    'no capacity on Spot',
    { purchase: 'spot', fault: { kind: 'shortage', instanceType: '*', zone: '*', purchase: 'spot' } },
    'InsufficientInstanceCapacity',
  ],
  [
    'a type that the zone does not sell',
    { override: { InstanceType: 'hpc7g.16xlarge', AvailabilityZone: 'us-east-1b' } },
    'InvalidFleetConfiguration',
  ],
  [
    'a type without Spot',
    { purchase: 'spot', override: { InstanceType: 'hpc7g.16xlarge', AvailabilityZone: 'us-east-1c' } },
    'Unsupported',
  ],
  ['a price too low', { purchase: 'spot', override: { MaxPrice: '0.0001' } }, 'SpotMaxPriceTooLow'],
  ['a quota', { fault: { kind: 'quota', quotaCode: 'L-1216C47A', value: 2 } }, 'VcpuLimitExceeded'],
  [
    'a quota on Spot',
    { purchase: 'spot', fault: { kind: 'quota', quotaCode: 'L-34B43A08', value: 2 } },
    'MaxSpotInstanceCountExceeded',
  ],
  ['an image of another architecture', { data: { ImageId: X86 } }, 'InvalidParameterValue'],
  ['a reservation that is not there', { data: into('cr-0123456789abcdef0') }, 'InvalidCapacityReservationId.NotFound'],
  ['a block without one', { purchase: 'capacity-block' }, 'Unsupported'],
]

test.each(CASES)('%s: nothing is launched, and the error says why', async (_, given, code) => {
  const { Instances, Errors = [] } = await cohort(given)
  expect(Instances).toEqual([])
  expect([...new Set(Errors.map((error) => error.ErrorCode))]).toEqual([code])
  expect(Errors[0]?.Lifecycle).toBe(given.purchase ?? 'on-demand')
  expect((await world.ec2.send(new DescribeInstancesCommand({}))).Reservations).toEqual([])
})

test('a reservation that is too small', async () => {
  const { CapacityReservation } = await world.ec2.send(
    new CreateCapacityReservationCommand({
      InstanceType: 'c7g.large',
      InstancePlatform: 'Linux/UNIX',
      InstanceCount: 1,
      AvailabilityZone: 'us-east-1a',
      InstanceMatchCriteria: 'targeted',
    }),
  )
  const { Instances, Errors } = await cohort({ data: into(CapacityReservation?.CapacityReservationId) })
  expect([Instances, Errors?.map((error) => error.ErrorCode)]).toEqual([[], ['ReservationCapacityExceeded']])
})

test('a Capacity Block that has not begun, and one with a placement group', async () => {
  const type = { InstanceType: 'p5.48xlarge' as const }
  const { CapacityBlockOfferings = [] } = await world.ec2.send(
    new DescribeCapacityBlockOfferingsCommand({
      ...type,
      InstanceCount: 2,
      CapacityDurationHours: 24,
      StartDateRange: new Date(clock.now() + 3_600_000),
    }),
  )
  const [offering] = CapacityBlockOfferings
  const { CapacityReservation } = await world.ec2.send(
    new PurchaseCapacityBlockCommand({
      CapacityBlockOfferingId: offering?.CapacityBlockOfferingId,
      InstancePlatform: 'Linux/UNIX',
    }),
  )
  const data = {
    ImageId: X86,
    InstanceMarketOptions: { MarketType: 'capacity-block' as const },
    ...into(CapacityReservation?.CapacityReservationId),
  }
  const override = { ...type, AvailabilityZone: offering?.AvailabilityZone }
  const early = await cohort({ purchase: 'capacity-block', data, override })
  expect(early.Errors).toMatchObject([
    { ErrorCode: 'InvalidCapacityReservationState.PendingActivation', Lifecycle: 'capacity-block' },
  ])
  await clock.forward(3_600_000)
  await world.ec2.send(new CreatePlacementGroupCommand({ GroupName: 'tight', Strategy: 'cluster' }))
  const again = { Type: 'instant' as const, OnDemandOptions: {} }
  const launch = (Placement: object) =>
    world.ec2.send(
      new CreateFleetCommand({
        ...again,
        LaunchTemplateConfigs: [
          {
            LaunchTemplateSpecification: { LaunchTemplateName: 'cohort', Version: '$Latest' },
            Overrides: [{ ...override, Placement }],
          },
        ],
        TargetCapacitySpecification: { TotalTargetCapacity: 2, DefaultTargetCapacityType: 'capacity-block' },
      }),
    )
  expect((await launch({ GroupName: 'tight' })).Errors?.[0]?.ErrorCode).toBe('InvalidParameterCombination')
  expect((await launch({})).Instances?.[0]?.InstanceIds).toHaveLength(2)
})
