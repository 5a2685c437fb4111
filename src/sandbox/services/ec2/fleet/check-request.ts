import { AwsError } from '../../../aws-error.ts'
import { invalidCombination, invalidValue, missingParameter, notImplemented } from '../errors.ts'
import type { FleetRequest } from '../input/fleet.ts'

/** What CreateFleet refuses before it looks at anything else; everything behind this appears among the answer's errors. */
export function checkRequest(request: FleetRequest): void {
  const { Type: type = 'maintain', LaunchTemplateConfigs: configs, TargetCapacitySpecification: target } = request
  if (type !== 'instant')
    throw notImplemented(`fleets of the type '${type}', only instant ones (where no Type is given, it is maintain)`)
  if (configs.length === 0) throw missingParameter('LaunchTemplateConfigs')
  if (target.TargetCapacityUnitType !== undefined && target.TargetCapacityUnitType !== 'units')
    throw notImplemented(`the capacity unit '${target.TargetCapacityUnitType}'`)
  refuseCapacity(request)
  refuseDuplicatePools(request)
}

function refuseCapacity(request: FleetRequest): void {
  const { TargetCapacitySpecification: target } = request
  const { OnDemandTargetCapacity: onDemand = 0, SpotTargetCapacity: spot = 0, TotalTargetCapacity: total } = target
  if (onDemand + spot > total)
    throw invalidValue('The sum of OnDemandTargetCapacity and SpotTargetCapacity may not exceed TotalTargetCapacity.')
  if (total === 0) throw invalidValue('TotalTargetCapacity must be greater than zero for a fleet of the type instant.')
  for (const options of [request.OnDemandOptions, request.SpotOptions]) {
    if (options?.MinTargetCapacity === undefined) continue
    if (options.SingleInstanceType !== true && options.SingleAvailabilityZone !== true)
      throw invalidCombination(
        'MinTargetCapacity can be specified only with SingleInstanceType or SingleAvailabilityZone.',
      )
    if (options.MinTargetCapacity > total) throw invalidValue('MinTargetCapacity may not exceed TotalTargetCapacity.')
  }
}

/** Two overrides may not describe the same pool: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-fleet.html (compiled facts, 2026-09). */
function refuseDuplicatePools({ LaunchTemplateConfigs: configs }: FleetRequest): void {
  const pools = new Set<string>()
  for (const { LaunchTemplateSpecification: template, Overrides = [] } of configs)
    for (const { InstanceType = '', SubnetId = '', AvailabilityZone = '', AvailabilityZoneId = '' } of Overrides) {
      const pool = JSON.stringify([
        InstanceType === '' ? template : InstanceType,
        SubnetId,
        AvailabilityZone,
        AvailabilityZoneId,
      ])
      if (pools.has(pool))
        throw new AwsError('InvalidFleetConfig', 'The fleet configuration contains duplicate instance pools.')
      pools.add(pool)
    }
}
