import { DescribeInstanceTypesCommand, type InstanceTypeInfo, type _InstanceType } from '@aws-sdk/client-ec2'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import { nearest } from '../../kit/nearest.ts'
import { isAwsClass } from '../error-map.ts'
import type { Ec2 } from './ec2.ts'
import { typesOfRegion, zonesByType } from './offerings.ts'
import { factsOf } from './type-facts.ts'

/** What AWS says of a type in this region, and which zones sell it; throws InstanceTypeUnknown with the nearest names. */
export async function facts(ec2: Ec2, instanceType: string): Promise<InstanceFacts> {
  const [info, zones] = await Promise.all([typeInfo(ec2, instanceType), zonesByType(ec2, [instanceType])])
  if (info === null) throw await unknownType(ec2, instanceType)
  return factsOf(instanceType, info, zones.get(instanceType) ?? [])
}

async function typeInfo(ec2: Ec2, instanceType: string): Promise<InstanceTypeInfo | null> {
  try {
    const InstanceTypes = [instanceType as _InstanceType]
    const answer = await ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes }))
    return answer.InstanceTypes?.[0] ?? null
  } catch (error) {
    if (isAwsClass(error, 'unknown-type')) return null
    throw error
  }
}

/** Only when a name is wrong is the region's whole list asked for. */
async function unknownType(ec2: Ec2, instanceType: string): Promise<MusterError> {
  const near = nearest(instanceType, await typesOfRegion(ec2))
  const hint = near.length === 0 ? '' : `; the nearest are ${near.join(', ')}`
  const region = ec2.settings.region
  return new MusterError('InstanceTypeUnknown', `there is no instance type '${instanceType}' in ${region}${hint}`, {
    data: { instanceType, region, nearest: near },
    suggestions: [
      near.length === 0
        ? 'name a type that this region has, or another region with --region'
        : `use the type ${near[0]}`,
    ],
  })
}
