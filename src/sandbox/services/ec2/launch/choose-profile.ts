import type { World } from '../../../world.ts'
import { invalidCombination, invalidValue } from '../errors.ts'
import type { LaunchData } from '../input/launch-data.ts'
import type { InstanceProfile } from '../state/instance.ts'

/** The instance profile of a launch, by name or by ARN. IAM says what exists; EC2 hears of it a moment late. */
export function chooseProfile(asked: LaunchData['IamInstanceProfile'], world: World): InstanceProfile | null {
  const { Name: name, Arn: arn } = asked ?? {}
  if (name !== undefined && arn !== undefined)
    throw invalidCombination(
      "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
    )
  const given = name ?? arn
  if (given === undefined) return null
  const wanted = given.slice(given.lastIndexOf('/') + 1)
  const known = world.directories.iam?.instanceProfile(wanted)
  if (known === undefined || given !== (arn === undefined ? wanted : known.arn))
    throw name === undefined
      ? invalidValue(
          `Value (${given}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN`,
        )
      : invalidValue(
          `Value (${given}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
        )
  const { id, role } = known
  if (role === null) throw invalidValue(`IAM Instance Profile "${known.arn}" has no associated IAM Roles`)
  return { name: wanted, arn: known.arn, id, roleName: role.name, roleId: role.id }
}
