import { invalidValue } from '../errors.ts'
import type { LaunchData } from '../input/launch-data.ts'
import { refuseBadTags } from '../input/tags.ts'
import { decodeUserData } from './user-data.ts'

/** What a template may not hold, whatever it is launched with later. */
export function refuseTemplateData(data: LaunchData): void {
  if (Object.values(data).every((value) => value === undefined))
    throw invalidValue('Launch template data may not be empty.')
  decodeUserData(data.UserData)
  refuseBadTags(data.TagSpecification)
}
