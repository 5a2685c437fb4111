import { AwsError } from '../../aws-error.ts'
import { members } from '../json/shape.ts'
import { noSuchEntity } from './errors.ts'
import { USER_NAME } from './input.ts'
import { operation } from './operation.ts'
import { wholeSeconds } from './render.ts'
import { renderUser } from './state/users.ts'

/** The account's one user, who signs with the key of credentials.json. */
export const USER = 'sandbox'

export const getUser = operation('GetUser', members({}, { UserName: USER_NAME }), (input, iam, { caller }) => {
  const { user } = iam.world.credentials
  const made = [...iam.users.values()].find(
    ({ name: known, principal }) =>
      (input.UserName ?? known) === known && (input.UserName !== undefined || principal.arn === caller.arn),
  )
  if (made !== undefined) return { User: renderUser(made) }
  if (input.UserName === undefined && caller.arn !== user.arn)
    throw new AwsError('ValidationError', 'Must specify userName when calling with non-User credentials')
  const name = input.UserName ?? USER
  if (name !== USER) throw noSuchEntity(`The user with name ${name} cannot be found.`)
  return {
    User: {
      Path: '/',
      UserName: USER,
      UserId: user.userId,
      Arn: user.arn,
      CreateDate: wholeSeconds(iam.startedAt),
    },
  }
})
