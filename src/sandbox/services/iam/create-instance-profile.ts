import { members } from '../json/shape.ts'
import { alreadyExists, limitExceeded } from './errors.ts'
import { PATH, PROFILE_NAME, TAGS } from './input.ts'
import { operation } from './operation.ts'
import { renderProfile } from './render.ts'
import { newProfile } from './state/instance-profile.ts'
import { tagged } from './tags.ts'

const MOST_PROFILES = 1000

const shape = members({ InstanceProfileName: PROFILE_NAME }, { Path: PATH, Tags: TAGS })

/** EC2 hears of the profile only after `pace.iamLagMs`. */
export const createInstanceProfile = operation('CreateInstanceProfile', shape, (input, iam) => {
  const { profiles, world } = iam
  const name = input.InstanceProfileName
  if ([...profiles.keys()].some((known) => known.toLowerCase() === name.toLowerCase()))
    throw alreadyExists(`Instance Profile ${name} already exists.`)
  if (profiles.size >= MOST_PROFILES) throw limitExceeded('InstanceProfilesPerAccount', MOST_PROFILES)
  const tags = tagged(new Map(), input.Tags ?? [], 'TagsPerInstanceProfile')
  const profile = newProfile({ name, path: input.Path, tags }, world.account, world.clock.now())
  profiles.set(name, profile)
  return { InstanceProfile: renderProfile(profile) }
})
