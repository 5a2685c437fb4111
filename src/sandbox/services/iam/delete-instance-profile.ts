import { members } from '../json/shape.ts'
import { deleteConflict } from './errors.ts'
import { PROFILE_NAME } from './input.ts'
import { operation } from './operation.ts'
import { profileNamed } from './state/iam-state.ts'

export const deleteInstanceProfile = operation(
  'DeleteInstanceProfile',
  members({ InstanceProfileName: PROFILE_NAME }, {}),
  (input, iam) => {
    const profile = profileNamed(iam, input.InstanceProfileName)
    if (profile.role !== null) throw deleteConflict('remove roles from instance profile')
    iam.profiles.delete(profile.name)
    return {}
  },
)
