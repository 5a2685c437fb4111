import { AwsError } from '../../aws-error.ts'
import type { Ec2Call } from './context.ts'
import { missingParameter } from './errors.ts'
import { refuseMalformed } from './input/ids.ts'
import type { SecurityGroup } from './state/security-group.ts'

/** The group of a call that changes one: by id, or by name in the default network. */
export function findGroup(
  { GroupId: id, GroupName: name }: { readonly GroupId?: string | undefined; readonly GroupName?: string | undefined },
  { region }: Ec2Call,
): SecurityGroup {
  if (id === undefined && name === undefined) throw missingParameter('groupName or groupId')
  if (id !== undefined) refuseMalformed('security-group', [id])
  const group =
    id === undefined
      ? [...region.securityGroups.values()].find(
          (candidate) => candidate.name === name && region.vpcs.get(candidate.vpcId)?.isDefault === true,
        )
      : region.securityGroups.get(id)
  if (group === undefined)
    throw new AwsError('InvalidGroup.NotFound', `The security group '${id ?? name ?? ''}' does not exist`)
  return group
}
