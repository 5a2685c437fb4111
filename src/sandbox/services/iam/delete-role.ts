import { members } from '../json/shape.ts'
import { deleteConflict } from './errors.ts'
import { ROLE_NAME } from './input.ts'
import { operation } from './operation.ts'
import { changeableRole } from './changeable-role.ts'

/** A role goes only when nothing hangs on it any more. Instances that run with it are not asked. */
export const deleteRole = operation('DeleteRole', members({ RoleName: ROLE_NAME }, {}), (input, iam) => {
  const role = changeableRole(iam, input.RoleName)
  if ([...iam.profiles.values()].some((profile) => profile.role === role))
    throw deleteConflict('remove roles from instance profile')
  if (role.attached.size > 0) throw deleteConflict('detach all policies')
  if (role.inline.size > 0) throw deleteConflict('delete policies')
  iam.roles.delete(role.name)
  return {}
})
