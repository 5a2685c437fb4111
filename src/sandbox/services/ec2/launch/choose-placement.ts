import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { invalidCombination, notImplemented } from '../errors.ts'
import type { LaunchData } from '../input/launch-data.ts'
import type { InstanceType } from '../state/instance-types.ts'
import type { PlacementGroup } from '../state/placement-group.ts'

/** The placement group of a launch, and whether the type and the zone go with it. */
export function choosePlacement(
  data: LaunchData,
  type: InstanceType,
  zone: string,
  context: Ec2Call,
): PlacementGroup | null {
  const { Tenancy: tenancy = 'default', PartitionNumber: partition } = data.Placement ?? {}
  if (tenancy !== 'default') throw notImplemented(`tenancy '${tenancy}'`)
  const group = groupAsked(data.Placement ?? {}, context)
  if (group === null) {
    if (partition !== undefined)
      throw invalidCombination('A partition number can be specified only with a partition placement group.')
    return null
  }
  if (!(type.PlacementGroupInfo?.SupportedStrategies ?? []).includes(group.strategy))
    throw invalidCombination(
      `${capital(group.strategy)} placement groups are not supported by the '${type.InstanceType}' instance type. Specify a supported instance type or change the placement group strategy, and try again.`,
    )
  if (partition !== undefined && partition > (group.partitionCount ?? 0))
    throw invalidCombination(
      group.partitionCount === null
        ? `The placement group '${group.name}' has no partitions; its strategy is ${group.strategy}.`
        : `Partition number ${partition} does not exist in the placement group '${group.name}', which has ${group.partitionCount}.`,
    )
  refuseOtherZone(group, zone, context)
  return group
}

function groupAsked(placement: NonNullable<LaunchData['Placement']>, context: Ec2Call): PlacementGroup | null {
  const { GroupName: name = '', GroupId: id = '' } = placement
  if (name === '' && id === '') return null
  if (name !== '' && id !== '')
    throw invalidCombination("The parameter 'groupName' may not be used in combination with 'groupId'")
  const group = findPlacementGroup(context, (candidate) => candidate.name === name || candidate.id === id)
  if (group === undefined) throw unknownPlacementGroup(name === '' ? id : name)
  return group
}

/** A cluster group lies in one zone: where its first instance is. */
function refuseOtherZone(group: PlacementGroup, zone: string, { region }: Ec2Call): void {
  if (group.strategy !== 'cluster') return
  const [member] = group.members
  const taken = member === undefined ? undefined : region.instances.get(member)?.subnet.zone.name
  if (taken !== undefined && taken !== zone)
    throw invalidCombination(
      `The cluster placement group '${group.name}' has instances in ${taken}; instances of one cluster placement group must be in the same Availability Zone (${zone} was requested).`,
    )
}

export const unknownPlacementGroup = (name: string): AwsError =>
  new AwsError('InvalidPlacementGroup.Unknown', `The Placement Group '${name}' is unknown.`)

export function findPlacementGroup(
  { region }: Ec2Call,
  matches: (group: PlacementGroup) => boolean,
): PlacementGroup | undefined {
  return [...region.placementGroups.values()].find(matches)
}

const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
