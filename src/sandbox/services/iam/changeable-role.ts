import { protectedRole } from './errors.ts'
import { roleNamed } from './state/iam-state.ts'
import type { IamState } from './state/iam-state.ts'
import { isServiceLinked } from './state/role.ts'
import type { Role } from './state/role.ts'

/** The role to be changed. Throws NoSuchEntity, and UnmodifiableEntity for a role that belongs to an AWS service. */
export function changeableRole(iam: IamState, name: string): Role {
  const role = roleNamed(iam, name)
  if (isServiceLinked(role)) throw protectedRole(name)
  return role
}
