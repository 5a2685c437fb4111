import { describe, expect, it } from 'vitest'
import { fleetInput } from '../../../../src/aws/ec2/launch-input.ts'
import { market } from '../../../../src/aws/ec2/market.ts'
import type { LaunchRequest } from '../../../../src/ports/compute.ts'

const request: LaunchRequest = {
  fleet: 'f',
  cohort: 'c0x4',
  action: 'act',
  token: 'token-1',
  templateId: 'lt-1',
  templateVersion: 3,
  instanceType: 'p5.48xlarge',
  zone: 'us-east-1a',
  subnetId: 'subnet-1',
  count: 4,
  placementGroup: 'muster-f',
  purchase: 'on-demand',
  reservation: null,
}
const whole = { SingleInstanceType: true, SingleAvailabilityZone: true, MinTargetCapacity: 4 }
const reserved = { CapacityReservationOptions: { UsageStrategy: 'use-capacity-reservations-first' } }

describe('what a fleet is bought as', () => {
  it.each([
    ['on-demand', 'on-demand', { OnDemandOptions: { AllocationStrategy: 'lowest-price', ...whole } }],
    [
      'spot',
      'spot',
      {
        SpotOptions: {
          AllocationStrategy: 'price-capacity-optimized',
          InstanceInterruptionBehavior: 'terminate',
          ...whole,
        },
      },
    ],
    ['reservation', 'on-demand', { OnDemandOptions: { AllocationStrategy: 'lowest-price', ...reserved, ...whole } }],
    ['capacity-block', 'capacity-block', { OnDemandOptions: { ...reserved, ...whole } }],
  ] as const)('stands in the request: %s', (purchase, kind, options) => {
    const input = fleetInput({ ...request, purchase, reservation: 'cr-1' })
    expect(input.TargetCapacitySpecification).toEqual({ TotalTargetCapacity: 4, DefaultTargetCapacityType: kind })
    const { OnDemandOptions, SpotOptions } = input
    expect({ ...(OnDemandOptions && { OnDemandOptions }), ...(SpotOptions && { SpotOptions }) }).toEqual(options)
    const grouped = purchase === 'capacity-block' ? undefined : { GroupName: 'muster-f' }
    expect(input.LaunchTemplateConfigs?.[0]?.Overrides?.[0]?.Placement).toEqual(grouped)
  })

  it('asks for no more than AWS takes as a minimum', () => {
    const asked = [999, 1024].map((count) => fleetInput({ ...request, purchase: 'spot', count }))
    expect(asked.map((input) => input.SpotOptions?.MinTargetCapacity)).toEqual([999, 1000])
  })

  it.each([
    ['on-demand', null, {}],
    ['spot', null, {}],
    [
      'reservation',
      'cr-1',
      { CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId: 'cr-1' } } },
    ],
    [
      'reservation',
      null,
      { CapacityReservationSpecification: { CapacityReservationPreference: 'capacity-reservations-only' } },
    ],
    [
      'capacity-block',
      'cr-2',
      {
        InstanceMarketOptions: { MarketType: 'capacity-block' },
        CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId: 'cr-2' } },
      },
    ],
  ] as const)('stands in the template: %s of %s', (purchase, reservation, expected) => {
    expect(market({ purchase, reservation })).toEqual(expected)
  })
})
