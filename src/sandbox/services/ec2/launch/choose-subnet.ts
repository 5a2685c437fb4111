import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { invalidCombination, invalidValue } from '../errors.ts'
import { findAll } from '../input/ids.ts'
import { holds } from '../state/network.ts'
import type { Subnet } from '../state/network.ts'
import { refuseZone, zonesOffering } from './choose-type.ts'
import type { LaunchRequest } from './request.ts'

/**
 * The subnets in which a launch may happen, in the order in which they are tried: the one that it names, or the default
 * subnets of the zones that offer the type. More than one is left only where the request leaves the zone to EC2.
 */
export function candidateSubnets(request: LaunchRequest, typeName: string, context: Ec2Call): readonly Subnet[] {
  const { region } = context
  const zone = zoneOf(request, context)
  const named = subnetNamed(request)
  if (named !== undefined) {
    const subnets = findAll('subnet', [named], (id) => region.subnets.get(id))
    for (const subnet of subnets) {
      if (zone !== undefined && subnet.zone.name !== zone)
        throw invalidValue(
          `The specified Subnet: ${named} cannot be used with the specified Availability Zone: ${zone}.`,
        )
      refuseZone(region.name, typeName, subnet.zone.name)
    }
    return subnets
  }
  if (zone !== undefined) refuseZone(region.name, typeName, zone)
  const zones = zone === undefined ? zonesOffering(region.name, typeName) : [zone]
  const open = [...region.subnets.values()].filter(
    (subnet) => subnet.defaultForZone && zones.includes(subnet.zone.name),
  )
  if (open.length === 0) throw noDefaultSubnet(zone, context)
  // An address lies in one subnet; where it lies in none, the refusal comes with the interfaces.
  const { privateIp } = request
  const holder = privateIp === undefined ? undefined : open.find((subnet) => holds(subnet, privateIp))
  return holder === undefined ? open : [holder]
}

/** Codes and words as users quote them (hashicorp/packer, aws-cli); for a zone: assumed. */
function noDefaultSubnet(zone: string | undefined, { region }: Ec2Call): AwsError {
  const vpc = [...region.vpcs.values()].find((one) => one.isDefault)
  if (vpc === undefined) return new AwsError('VPCIdNotSpecified', 'No default VPC for this user')
  return zone === undefined
    ? new AwsError('MissingInput', `No subnets found for the default VPC '${vpc.id}'. Please specify a subnet.`)
    : new AwsError('MissingInput', `No default subnet for availability zone: '${zone}'.`)
}

function zoneOf({ data }: LaunchRequest, { region }: Ec2Call): string | undefined {
  const { AvailabilityZone: name, AvailabilityZoneId: id } = data.Placement ?? {}
  if (name !== undefined && id !== undefined)
    throw invalidCombination(
      "The parameter 'availabilityZone' may not be used in combination with 'availabilityZoneId'",
    )
  const zone = region.zones.find((candidate) => candidate.name === name || candidate.id === id)
  if (zone === undefined && (name ?? id) !== undefined)
    throw invalidValue(`Invalid availability zone: [${name ?? id ?? ''}]`)
  return zone?.name
}

function subnetNamed({ data, subnetId }: LaunchRequest): string | undefined {
  return (
    subnetId ??
    data.NetworkInterface?.find((one) => (one.DeviceIndex ?? 0) === 0 && one.SubnetId !== undefined)?.SubnetId
  )
}
