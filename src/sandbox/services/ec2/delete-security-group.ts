import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { text } from './input/leaves.ts'
import { findGroup } from './security-groups.ts'

const parameters = { GroupId: text, GroupName: text }

/** Deletes a group that no interface is in and no other group's rules name. */
export const deleteSecurityGroup = operation({
  name: 'DeleteSecurityGroup',
  input: parameters,
  handle(input, context) {
    const group = findGroup(input, context)
    if (group.name === 'default')
      throw new AwsError(
        'CannotDelete',
        `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
      )
    if (isInUse(group.id, context))
      throw new AwsError('DependencyViolation', `resource ${group.id} has a dependent object`)
    context.region.securityGroups.delete(group.id)
    return { return: true, groupId: group.id }
  },
})

function isInUse(groupId: string, { region }: Ec2Call): boolean {
  for (const one of region.interfaces.values()) if (one.groupIds.current.includes(groupId)) return true
  for (const other of region.securityGroups.values())
    if (other.id !== groupId)
      for (const { peer } of other.rules.values()) if (peer.kind === 'group' && peer.groupId === groupId) return true
  return false
}
