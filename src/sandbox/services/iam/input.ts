import { AwsError } from '../../aws-error.ts'
import { integer, listOf, members, text } from '../json/shape.ts'
import type { Shape } from '../json/shape.ts'

/** Shapes that several of IAM's operations share (limits from the service model, iam 2010-05-08). On the wire all is text. */

/** A name; characters that names do not have are told of in IAM's own sentence, not in the model's. */
function entityName(max: number): Shape<string> {
  const limits = text({ min: 1, max })
  return {
    constraints: limits.constraints,
    read(value, path, faults) {
      const name = limits.read(value, path, faults)
      if (name !== '' && !/^[\w+=,.@-]+$/.test(name))
        throw new AwsError(
          'ValidationError',
          `The specified value for ${path} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
        )
      return name
    },
  }
}

export const ROLE_NAME = entityName(64)
export const POLICY_NAME = entityName(128)
export const PROFILE_NAME = entityName(128)
export const USER_NAME = entityName(128)
export const ARN = text({ max: 2048, min: 20 })
export const DOCUMENT = text({ max: 131_072, min: 1, pattern: /^[\t\n\r\u0020-\u00FF]+$/u })
export const DESCRIPTION = text({ max: 1000, pattern: /^[\t\n\r\u0020-\u007E\u00A1-\u00FF]*$/u })

const limitedPath = text({ min: 1, max: 512 })

export const PATH: Shape<string> = {
  constraints: limitedPath.constraints,
  read(value, at, faults) {
    const path = limitedPath.read(value, at, faults)
    if (!/^\/([\u0021-\u007E]+\/)?$/.test(path))
      throw new AwsError(
        'ValidationError',
        `The specified value for ${at} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`,
      )
    return path
  },
}

export const PATH_PREFIX = text({ min: 1, max: 512, pattern: /^\/[\u0021-\u007F]*$/ })

export function wholeNumber(limits: { readonly least: number; readonly most: number }): Shape<number> {
  const shape = integer(limits)
  return {
    constraints: shape.constraints,
    read: (value, path, faults) =>
      shape.read(typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value, path, faults),
  }
}

export function textList<T>(member: Shape<T>, limits: { readonly max?: number } = {}): Shape<readonly T[]> {
  const shape = listOf(member, limits)
  return {
    constraints: shape.constraints,
    // An empty list is a parameter without a value.
    read: (value, path, faults) => shape.read(value === '' ? [] : value, path, faults),
  }
}

export const TAG_KEY = text({ max: 128, min: 1, pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u })
export const TAGS = textList(
  members({ Key: TAG_KEY, Value: text({ max: 256, min: 0, pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u }) }, {}),
  { max: 50 },
)

export const PAGING = {
  Marker: text({ min: 1, max: 320, pattern: /^[\u0020-\u00FF]+$/ }),
  MaxItems: wholeNumber({ least: 1, most: 1000 }),
}
