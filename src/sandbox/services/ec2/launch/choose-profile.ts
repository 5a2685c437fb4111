import { invalidCombination, invalidValue } from '../errors.ts'
import type { LaunchData } from '../input/launch-data.ts'
import type { InstanceProfile } from '../state/instance.ts'
import { stableId } from '../state/resource.ts'

/** Instance profiles that exist from the start; the sandbox has no IAM to make others. The role has the profile's name. */
const PROFILES = ['muster-node'] as const

export function chooseProfile(asked: LaunchData['IamInstanceProfile'], account: string): InstanceProfile | null {
  const { Name: name, Arn: arn } = asked ?? {}
  if (name !== undefined && arn !== undefined)
    throw invalidCombination(
      "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
    )
  if (name === undefined && arn === undefined) return null
  const profile = PROFILES.map((known) => profileOf(known, account)).find(
    (known) => known.name === name || known.arn === arn,
  )
  if (profile !== undefined) return profile
  throw name === undefined
    ? invalidValue(
        `Value (${arn ?? ''}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN`,
      )
    : invalidValue(
        `Value (${name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
      )
}

function profileOf(name: string, account: string): InstanceProfile {
  return {
    name,
    arn: `arn:aws:iam::${account}:instance-profile/${name}`,
    id: stableId('AIPA', `${account} ${name}`).toUpperCase(),
    roleName: name,
  }
}
