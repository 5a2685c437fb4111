import { members } from '../json/shape.ts'
import { alreadyExists, invalidInput, limitExceeded, noSuchEntity } from './errors.ts'
import { ARN, DESCRIPTION, DOCUMENT, PATH, ROLE_NAME, TAGS, wholeNumber } from './input.ts'
import { operation } from './operation.ts'
import { checkTrust } from './policy/trust.ts'
import { renderRole } from './render.ts'
import type { IamState } from './state/iam-state.ts'
import { managedPolicy } from './state/managed-policies.ts'
import { newRole, SERVICE_ROLES } from './state/role.ts'
import type { Role } from './state/role.ts'
import { tagged } from './tags.ts'

const shape = members(
  { RoleName: ROLE_NAME, AssumeRolePolicyDocument: DOCUMENT },
  {
    Path: PATH,
    Description: DESCRIPTION,
    MaxSessionDuration: wholeNumber({ least: 3600, most: 43_200 }),
    PermissionsBoundary: ARN,
    Tags: TAGS,
  },
)

export const createRole = operation('CreateRole', shape, (input, iam) => {
  const { RoleName: name, AssumeRolePolicyDocument: trust, Path: path, PermissionsBoundary: boundary } = input
  if (path?.startsWith(SERVICE_ROLES)) throw invalidInput(`The path ${path} is reserved for roles of AWS services.`)
  refuseTaken(iam, name)
  checkTrust(trust)
  if (trust.replace(/\s/g, '').length > LONGEST_TRUST) throw limitExceeded('ACLSizePerRole', LONGEST_TRUST)
  if (boundary !== undefined && managedPolicy(boundary) === undefined)
    throw noSuchEntity(`Scope ARN: ${boundary} does not exist or is not attachable.`)
  const role = newRole(
    {
      name,
      trust,
      path,
      boundary,
      description: input.Description,
      maxSessionSeconds: input.MaxSessionDuration,
      tags: tagged(new Map(), input.Tags ?? [], 'TagsPerRole'),
    },
    iam.world.account,
    iam.world.clock.now(),
  )
  addRole(iam, role)
  return { Role: renderRole(role) }
})

/** Names are compared without regard to case: `Node` cannot be made beside `node`. */
function refuseTaken({ roles }: IamState, name: string): void {
  const taken = [...roles.keys()].some((known) => known.toLowerCase() === name.toLowerCase())
  if (taken) throw alreadyExists(`Role with name ${name} already exists.`)
}

/** Default quotas: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (compiled facts, 2026-09). */
const LONGEST_TRUST = 2048
const MOST_ROLES = 1000

export function addRole({ roles }: IamState, role: Role): void {
  if (roles.size >= MOST_ROLES) throw limitExceeded('RolesPerAccount', MOST_ROLES)
  roles.set(role.name, role)
}
