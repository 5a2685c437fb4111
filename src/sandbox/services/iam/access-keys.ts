import { members, text } from '../json/shape.ts'
import { limitExceeded, noSuchEntity } from './errors.ts'
import { USER_NAME } from './input.ts'
import { operation } from './operation.ts'
import { wholeSeconds } from './render.ts'
import { userNamed } from './state/users.ts'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (compiled facts, 2026-09). */
const MOST_KEYS = 2

/** The secret is shown here and never again. Keys of the account's own user are not made here. */
export const createAccessKey = operation(
  'CreateAccessKey',
  members({ UserName: USER_NAME }, {}),
  ({ UserName: name }, iam) => {
    const user = userNamed(iam, name)
    if (user.keys.size >= MOST_KEYS) throw limitExceeded('AccessKeysPerUser', MOST_KEYS)
    const { accessKeyId, secretAccessKey } = iam.world.credentials.forUser(user.principal)
    user.keys.add(accessKeyId)
    return {
      AccessKey: {
        UserName: name,
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        Status: 'Active',
        CreateDate: wholeSeconds(iam.world.clock.now()),
      },
    }
  },
)

export const deleteAccessKey = operation(
  'DeleteAccessKey',
  members({ UserName: USER_NAME, AccessKeyId: text({ min: 16, max: 128 }) }, {}),
  ({ UserName: name, AccessKeyId: id }, iam) => {
    if (!userNamed(iam, name).keys.delete(id)) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`)
    iam.world.credentials.revoke(id)
    return {}
  },
)
