import type { Ec2Call } from '../context.ts'
import { invalidValue } from '../errors.ts'
import type { LaunchRequest } from './request.ts'
import { AwsError } from '../../../aws-error.ts'
import { instanceTypes, offeringsOf } from '../state/instance-types.ts'
import type { InstanceType } from '../state/instance-types.ts'

interface TypeAsked {
  readonly data: { readonly InstanceType?: string | undefined }
  readonly purchase: LaunchRequest['purchase']
}

/** EC2 launches an m1.small where nothing is named; such a type is not in the sandbox's data, so naming one is asked for. */
export function chooseType({ data, purchase }: TypeAsked, { region }: Ec2Call): InstanceType {
  const name = data.InstanceType
  if (name === undefined || name === '')
    throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceType')
  const type = instanceTypes().get(name)
  if (type === undefined) throw invalidValue(`Invalid value '${name}' for InstanceType.`)
  if (zonesOffering(region.name, name).length === 0)
    throw new AwsError(
      'Unsupported',
      `The requested configuration is currently not supported. Please check the documentation for supported configurations. (${name} is not offered in ${region.name}.)`,
    )
  if (!type.SupportedUsageClasses.includes(purchase))
    throw new AwsError('Unsupported', `The instance type '${name}' does not support the usage class '${purchase}'.`)
  return type
}

export const zonesOffering = (region: string, typeName: string): readonly string[] =>
  offeringsOf(region).get(typeName) ?? []

/** A type is sold in some zones of a region only. */
export function refuseZone(region: string, typeName: string, zone: string): void {
  const zones = zonesOffering(region, typeName)
  if (!zones.includes(zone))
    throw new AwsError(
      'Unsupported',
      `Your requested instance type (${typeName}) is not supported in your requested Availability Zone (${zone}). Please retry your request by not specifying an Availability Zone or choosing ${zones.join(', ')}.`,
    )
}
