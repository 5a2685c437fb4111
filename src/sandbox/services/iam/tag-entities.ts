import { members } from '../json/shape.ts'
import { changeableRole } from './changeable-role.ts'
import { PAGING, PROFILE_NAME, ROLE_NAME, TAG_KEY, TAGS, textList } from './input.ts'
import { operation } from './operation.ts'
import { markedPage } from './page.ts'
import { profileNamed, roleNamed } from './state/iam-state.ts'
import { tagged, untagged } from './tags.ts'

/** Tags of roles and of instance profiles. */
export const tagRole = operation('TagRole', members({ RoleName: ROLE_NAME, Tags: TAGS }, {}), (input, iam) => {
  const role = changeableRole(iam, input.RoleName)
  role.tags = tagged(role.tags, input.Tags, 'TagsPerRole')
  return {}
})

export const untagRole = operation(
  'UntagRole',
  members({ RoleName: ROLE_NAME, TagKeys: textList(TAG_KEY, { max: 50 }) }, {}),
  (input, iam) => {
    const role = changeableRole(iam, input.RoleName)
    role.tags = untagged(role.tags, input.TagKeys)
    return {}
  },
)

export const listRoleTags = operation('ListRoleTags', members({ RoleName: ROLE_NAME }, PAGING), (input, iam) => {
  const tags = [...roleNamed(iam, input.RoleName).tags]
  const { items, end } = markedPage(tags, ([key]) => key, input)
  return { Tags: items.map(([Key, Value]) => ({ Key, Value })), ...end }
})

export const tagInstanceProfile = operation(
  'TagInstanceProfile',
  members({ InstanceProfileName: PROFILE_NAME, Tags: TAGS }, {}),
  (input, iam) => {
    const profile = profileNamed(iam, input.InstanceProfileName)
    profile.tags = tagged(profile.tags, input.Tags, 'TagsPerInstanceProfile')
    return {}
  },
)
