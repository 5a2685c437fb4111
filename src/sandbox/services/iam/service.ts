import type { Service } from '../../service.ts'
import type { World } from '../../world.ts'
import { createAccessKey, deleteAccessKey } from './access-keys.ts'
import { addRoleToInstanceProfile, removeRoleFromInstanceProfile } from './instance-profile-role.ts'
import { attachRolePolicy, detachRolePolicy, listAttachedRolePolicies } from './attached-policies.ts'
import { createInstanceProfile } from './create-instance-profile.ts'
import { createRole } from './create-role.ts'
import { createServiceLinkedRole } from './create-service-linked-role.ts'
import { deleteInstanceProfile } from './delete-instance-profile.ts'
import { deleteRole } from './delete-role.ts'
import { getUser } from './get-user.ts'
import { deleteRolePolicy, getRolePolicy, listRolePolicies, putRolePolicy } from './inline-policies.ts'
import { listAccountAliases } from './list-account-aliases.ts'
import type { IamOperation } from './operation.ts'
import { getInstanceProfile, listInstanceProfiles, listInstanceProfilesForRole } from './show-instance-profiles.ts'
import { getRole, listRoles } from './show-roles.ts'
import { simulatePrincipalPolicy } from './simulate-principal-policy.ts'
import { createIamState, directory } from './state/iam-state.ts'
import { createUser, deleteUser, deleteUserPolicy, getUserPolicy, putUserPolicy } from './users.ts'
import { listRoleTags, tagInstanceProfile, tagRole, untagRole } from './tag-entities.ts'

const OPERATIONS: readonly IamOperation[] = [
  createRole,
  getRole,
  listRoles,
  deleteRole,
  tagRole,
  untagRole,
  listRoleTags,
  putRolePolicy,
  getRolePolicy,
  listRolePolicies,
  deleteRolePolicy,
  attachRolePolicy,
  detachRolePolicy,
  listAttachedRolePolicies,
  createInstanceProfile,
  getInstanceProfile,
  listInstanceProfiles,
  listInstanceProfilesForRole,
  addRoleToInstanceProfile,
  removeRoleFromInstanceProfile,
  deleteInstanceProfile,
  tagInstanceProfile,
  createServiceLinkedRole,
  createUser,
  getUser,
  deleteUser,
  putUserPolicy,
  getUserPolicy,
  deleteUserPolicy,
  createAccessKey,
  deleteAccessKey,
  simulatePrincipalPolicy,
  listAccountAliases,
]

/**
 * IAM: roles, instance profiles, and what a policy would say. Global: one state, whatever region signs. Who was made by CreateUser is
 * held to their policies by every service (`IamDirectory.refusal`). Fills `world.directories.iam`. See BEHAVIOUR.md.
 */
export function createIam(world: World): Service {
  const iam = createIamState(world)
  world.directories.iam = directory(iam)
  const operations = OPERATIONS.map((bind) => bind(iam))
  return {
    name: 'iam',
    protocol: { kind: 'query', version: '2010-05-08', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/' },
    operations: new Map(operations.map((operation) => [operation.name, operation])),
  }
}
