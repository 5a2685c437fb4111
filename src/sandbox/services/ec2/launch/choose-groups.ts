import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { findAll } from '../input/ids.ts'
import type { SecurityGroup } from '../state/security-group.ts'

/** Security groups by id and by name (names work in the default network only); the network's default group where none is named. */
export function chooseGroups(
  ids: readonly string[] | undefined,
  names: readonly string[] | undefined,
  vpcId: string,
  { region }: Ec2Call,
): readonly string[] {
  const inVpc = [...region.securityGroups.values()].filter((group) => group.vpcId === vpcId)
  const byId = findAll('security-group', ids ?? [], (id) => region.securityGroups.get(id))
  const stranger = byId.find((group) => group.vpcId !== vpcId)
  if (stranger !== undefined)
    throw new AwsError('InvalidParameter', `Security group ${stranger.id} and the subnet belong to different networks.`)
  const byName = (names ?? []).map((name) => named(inVpc, name, vpcId))
  const groups = [...byId, ...byName]
  return (groups.length > 0 ? groups : [named(inVpc, 'default', vpcId)]).map((group) => group.id)
}

function named(groups: readonly SecurityGroup[], name: string, vpcId: string): SecurityGroup {
  const group = groups.find((candidate) => candidate.name === name)
  if (group === undefined)
    throw new AwsError('InvalidGroup.NotFound', `The security group '${name}' does not exist in VPC '${vpcId}'`)
  return group
}
