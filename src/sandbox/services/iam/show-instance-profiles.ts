import { members } from '../json/shape.ts'
import { PAGING, PATH_PREFIX, PROFILE_NAME, ROLE_NAME } from './input.ts'
import { operation } from './operation.ts'
import { markedPage } from './page.ts'
import { renderProfile } from './render.ts'
import { profileNamed, roleNamed } from './state/iam-state.ts'
import type { Profile } from './state/instance-profile.ts'

/** GetInstanceProfile, ListInstanceProfiles, ListInstanceProfilesForRole. */
export const getInstanceProfile = operation(
  'GetInstanceProfile',
  members({ InstanceProfileName: PROFILE_NAME }, {}),
  (input, iam) => ({ InstanceProfile: renderProfile(profileNamed(iam, input.InstanceProfileName)) }),
)

export const listInstanceProfiles = operation(
  'ListInstanceProfiles',
  members({}, { PathPrefix: PATH_PREFIX, ...PAGING }),
  (input, { profiles }) =>
    page(
      [...profiles.values()].filter(({ path }) => path.startsWith(input.PathPrefix ?? '/')),
      input,
    ),
)

export const listInstanceProfilesForRole = operation(
  'ListInstanceProfilesForRole',
  members({ RoleName: ROLE_NAME }, PAGING),
  (input, iam) => {
    const role = roleNamed(iam, input.RoleName)
    return page(
      [...iam.profiles.values()].filter((profile) => profile.role === role),
      input,
    )
  },
)

function page(profiles: readonly Profile[], input: Parameters<typeof markedPage>[2]): object {
  const { items, end } = markedPage(profiles, ({ name }) => name, input)
  return { InstanceProfiles: items.map((profile) => renderProfile(profile, 'listed')), ...end }
}
