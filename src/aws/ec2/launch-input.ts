import type { CreateFleetCommandInput, FleetLaunchTemplateOverridesRequest } from '@aws-sdk/client-ec2'
import type { LaunchRequest } from '../../ports/compute.ts'
import { exhaustive } from '../../kit/exhaustive.ts'
import { fleetTags, TAG } from '../tags.ts'

/** AWS's own limit of MinTargetCapacity; a larger cohort that comes up short is undone afterwards. */
const MOST_MINIMUM = 1000

/** One instant fleet of one type in one subnet, all nodes or none. What it is bought as stands in the template as well (`market.ts`). */
export function fleetInput(request: LaunchRequest): CreateFleetCommandInput {
  const { fleet, action, cohort } = request
  const tags = fleetTags(fleet, action, { ...request.tags, [TAG.cohort]: cohort })
  return {
    Type: 'instant',
    ClientToken: request.token,
    LaunchTemplateConfigs: [
      {
        LaunchTemplateSpecification: {
          LaunchTemplateId: request.templateId,
          Version: String(request.templateVersion),
        },
        Overrides: [override(request)],
      },
    ],
    ...bought(request),
    TagSpecifications: [
      { ResourceType: 'fleet', Tags: tags },
      { ResourceType: 'instance', Tags: tags },
    ],
  }
}

function override(request: LaunchRequest): FleetLaunchTemplateOverridesRequest {
  const { instanceType, placementGroup, purchase } = request
  // A block's machines stand close together already, and AWS's own cluster software refuses a group with them
  // (aws-parallelcluster, PlacementGroupCapacityReservationValidator).
  const grouped = placementGroup !== null && purchase !== 'capacity-block'
  return {
    InstanceType: instanceType as NonNullable<FleetLaunchTemplateOverridesRequest['InstanceType']>,
    SubnetId: request.subnetId,
    ...(grouped ? { Placement: { GroupName: placementGroup } } : {}),
  }
}

type Bought = Pick<CreateFleetCommandInput, 'TargetCapacitySpecification' | 'OnDemandOptions' | 'SpotOptions'>

function bought({ purchase, count }: LaunchRequest): Bought {
  const allOrNothing = {
    SingleInstanceType: true,
    SingleAvailabilityZone: true,
    MinTargetCapacity: Math.min(count, MOST_MINIMUM),
  } as const
  const reservedFirst = { UsageStrategy: 'use-capacity-reservations-first' } as const
  const capacity = (DefaultTargetCapacityType: 'on-demand' | 'spot' | 'capacity-block') => ({
    TargetCapacitySpecification: { TotalTargetCapacity: count, DefaultTargetCapacityType },
  })
  switch (purchase) {
    case 'on-demand':
      // Open reservations that fit are used by themselves, as EC2 does for every launch; no zone is preferred for them.
      return { ...capacity('on-demand'), OnDemandOptions: { AllocationStrategy: 'lowest-price', ...allOrNothing } }
    case 'spot':
      return {
        ...capacity('spot'),
        SpotOptions: {
          // With a single pool there is nothing to choose; this is the strategy that AWS recommends, and the default is not.
          AllocationStrategy: 'price-capacity-optimized',
          InstanceInterruptionBehavior: 'terminate',
          ...allOrNothing,
        },
      }
    case 'reservation':
      // EC2 User Guide, "Example CLI configurations for EC2 Fleet", example 6: the template names the reservation, the fleet uses
      // reservations first. Nothing is left to buy beside it: the template takes reserved capacity alone.
      return {
        ...capacity('on-demand'),
        OnDemandOptions: {
          AllocationStrategy: 'lowest-price',
          CapacityReservationOptions: reservedFirst,
          ...allOrNothing,
        },
      }
    case 'capacity-block':
      // No allocation strategy (aws-parallelcluster-node, fleet_manager.py: "is not set for Capacity Block").
      return {
        ...capacity('capacity-block'),
        OnDemandOptions: { CapacityReservationOptions: reservedFirst, ...allOrNothing },
      }
    default:
      return exhaustive(purchase)
  }
}
