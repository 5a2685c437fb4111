import { members } from '../json/shape.ts'
import { changeableRole } from './changeable-role.ts'
import { limitExceeded, noSuchEntity } from './errors.ts'
import { PROFILE_NAME, ROLE_NAME } from './input.ts'
import { operation } from './operation.ts'
import { profileNamed, roleNamed } from './state/iam-state.ts'

const NAMED = members({ InstanceProfileName: PROFILE_NAME, RoleName: ROLE_NAME }, {})

/** An instance profile holds one role; a second, even the same again, is over the limit. */
export const addRoleToInstanceProfile = operation('AddRoleToInstanceProfile', NAMED, (input, iam) => {
  const profile = profileNamed(iam, input.InstanceProfileName)
  const role = changeableRole(iam, input.RoleName)
  if (profile.role !== null) throw limitExceeded('InstanceSessionsPerInstanceProfile', 1)
  profile.role = role
  profile.roleSince = iam.world.clock.now()
  return {}
})

export const removeRoleFromInstanceProfile = operation('RemoveRoleFromInstanceProfile', NAMED, (input, iam) => {
  const profile = profileNamed(iam, input.InstanceProfileName)
  if (profile.role !== roleNamed(iam, input.RoleName))
    throw noSuchEntity(`Role ${input.RoleName} in Instance Profile ${input.InstanceProfileName} cannot be found.`)
  profile.role = null
  profile.roleSince = iam.world.clock.now()
  return {}
})
