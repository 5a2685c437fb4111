import { noSuchEntity } from '../errors.ts'
import { wholeSeconds } from '../render.ts'
import type { IamState } from './iam-state.ts'
import type { User } from './user.ts'

export function userNamed({ users }: IamState, name: string): User {
  const user = users.get(name)
  if (user === undefined) throw noSuchEntity(`The user with name ${name} cannot be found.`)
  return user
}

export function renderUser({ name, path, createdAt, principal }: User): object {
  return {
    Path: path,
    UserName: name,
    UserId: principal.userId,
    Arn: principal.arn,
    CreateDate: wholeSeconds(createdAt),
  }
}
