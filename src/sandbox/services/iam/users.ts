import { members } from '../json/shape.ts'
import { alreadyExists, deleteConflict } from './errors.ts'
import { DOCUMENT, PATH, POLICY_NAME, TAGS, USER_NAME } from './input.ts'
import { operation } from './operation.ts'
import { noSuchEntity } from './errors.ts'
import { readPolicy } from './policy/document.ts'
import { encoded } from './render.ts'
import { renderUser, userNamed } from './state/users.ts'
import { newUser } from './state/user.ts'

export const createUser = operation(
  'CreateUser',
  members({ UserName: USER_NAME }, { Path: PATH, Tags: TAGS }),
  ({ UserName: name, Path: path = '/' }, iam) => {
    const taken = [...iam.users.keys(), iam.ownUser].some((known) => known.toLowerCase() === name.toLowerCase())
    if (taken) throw alreadyExists(`User with name ${name} already exists.`)
    const user = newUser(name, path, iam.world.account, iam.world.clock.now())
    iam.users.set(name, user)
    return { User: renderUser(user) }
  },
)

/** A user goes only when nothing hangs on them any more. */
export const deleteUser = operation('DeleteUser', members({ UserName: USER_NAME }, {}), ({ UserName: name }, iam) => {
  const user = userNamed(iam, name)
  if (user.keys.size > 0) throw deleteConflict('delete access keys')
  if (user.inline.size > 0) throw deleteConflict('delete policies')
  iam.users.delete(name)
  return {}
})

export const putUserPolicy = operation(
  'PutUserPolicy',
  members({ UserName: USER_NAME, PolicyName: POLICY_NAME, PolicyDocument: DOCUMENT }, {}),
  ({ UserName, PolicyName, PolicyDocument }, iam) => {
    const user = userNamed(iam, UserName)
    readPolicy(PolicyDocument)
    user.inline.set(PolicyName, PolicyDocument)
    return {}
  },
)

const NAMED = members({ UserName: USER_NAME, PolicyName: POLICY_NAME }, {})
const unknownPolicy = (name: string): Error => noSuchEntity(`The user policy with name ${name} cannot be found.`)

export const getUserPolicy = operation('GetUserPolicy', NAMED, ({ UserName, PolicyName }, iam) => {
  const document = userNamed(iam, UserName).inline.get(PolicyName)
  if (document === undefined) throw unknownPolicy(PolicyName)
  return { UserName, PolicyName, PolicyDocument: encoded(document) }
})

export const deleteUserPolicy = operation('DeleteUserPolicy', NAMED, ({ UserName, PolicyName }, iam) => {
  if (!userNamed(iam, UserName).inline.delete(PolicyName)) throw unknownPolicy(PolicyName)
  return {}
})
