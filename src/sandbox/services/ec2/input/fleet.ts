import { blockDevices, iamInstanceProfile, metadataOptionFields, placement } from './launch-data.ts'
import { clientToken, decimal, flag, integer, oneOf, text, time } from './leaves.ts'
import { anything, list, record, required, unimplemented } from './shape.ts'
import type { Parsed } from './shape.ts'
import { tagSpecifications } from './tags.ts'

/** CreateFleet's parameters (botocore's CreateFleetRequest). The list names here are plural, unlike elsewhere in EC2. */
const overrideFields = {
  AvailabilityZone: text,
  AvailabilityZoneId: text,
  BlockDeviceMapping: blockDevices,
  IamInstanceProfile: iamInstanceProfile,
  ImageId: text,
  InstanceRequirements: unimplemented,
  InstanceType: text,
  KeyName: text,
  MaxPrice: decimal,
  MetadataOptions: record(metadataOptionFields),
  Placement: placement,
  Priority: decimal,
  SubnetId: text,
  WeightedCapacity: decimal,
}

const configFields = {
  LaunchTemplateSpecification: required(
    record({ LaunchTemplateId: text, LaunchTemplateName: text, Version: required(text) }),
  ),
  Overrides: list(record(overrideFields), 300),
}

const poolFields = {
  MaxTotalPrice: anything,
  MinTargetCapacity: integer(1, 1000),
  SingleAvailabilityZone: flag,
  SingleInstanceType: flag,
}

const onDemandFields = {
  ...poolFields,
  AllocationStrategy: oneOf('lowest-price', 'prioritized'),
  CapacityReservationOptions: record({ UsageStrategy: oneOf('use-capacity-reservations-first') }),
}

const spotFields = {
  ...poolFields,
  AllocationStrategy: oneOf(
    'lowest-price',
    'diversified',
    'capacity-optimized',
    'capacity-optimized-prioritized',
    'price-capacity-optimized',
  ),
  InstanceInterruptionBehavior: oneOf('hibernate', 'stop', 'terminate'),
  InstancePoolsToUseCount: integer(1),
  MaintenanceStrategies: record({
    CapacityRebalance: record({
      ReplacementStrategy: oneOf('launch', 'launch-before-terminate'),
      TerminationDelay: integer(120, 7200),
    }),
  }),
}

export const fleetParameters = {
  ClientToken: clientToken,
  Context: anything,
  ExcessCapacityTerminationPolicy: oneOf('no-termination', 'termination'),
  LaunchTemplateConfigs: required(list(record(configFields), 50)),
  OnDemandOptions: record(onDemandFields),
  ReplaceUnhealthyInstances: flag,
  ReservedCapacityOptions: unimplemented,
  SpotOptions: record(spotFields),
  TagSpecification: tagSpecifications,
  TargetCapacitySpecification: required(
    record({
      DefaultTargetCapacityType: oneOf('spot', 'on-demand', 'capacity-block', 'reserved-capacity'),
      OnDemandTargetCapacity: integer(0, 10_000),
      SpotTargetCapacity: integer(0, 10_000),
      TargetCapacityUnitType: oneOf('vcpu', 'memory-mib', 'units'),
      TotalTargetCapacity: required(integer(0, 10_000)),
    }),
  ),
  TerminateInstancesWithExpiration: flag,
  Type: oneOf('request', 'maintain', 'instant'),
  ValidFrom: time,
  ValidUntil: time,
}

export type FleetRequest = Parsed<typeof fleetParameters>
export type FleetOverride = Parsed<typeof overrideFields>
export type FleetConfig = Parsed<typeof configFields>
export type PoolOptions = NonNullable<FleetRequest['OnDemandOptions']> | NonNullable<FleetRequest['SpotOptions']>
