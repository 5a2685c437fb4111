import { members, text } from '../json/shape.ts'
import { addRole } from './create-role.ts'
import { invalidInput } from './errors.ts'
import { DESCRIPTION } from './input.ts'
import { operation } from './operation.ts'
import { renderRole } from './render.ts'
import { newRole, SERVICE_ROLES, trustOf } from './state/role.ts'

/** The services that the sandbox knows a role of: its name, and whether there may be several, told apart by a suffix. */
const ROLES: Readonly<Record<string, { readonly name: string; readonly suffix: boolean }>> = {
  'spot.amazonaws.com': { name: 'AWSServiceRoleForEC2Spot', suffix: false },
  'ec2fleet.amazonaws.com': { name: 'AWSServiceRoleForEC2Fleet', suffix: false },
  'fsx.amazonaws.com': { name: 'AWSServiceRoleForAmazonFSx', suffix: false },
  's3.data-source.lustre.fsx.amazonaws.com': { name: 'AWSServiceRoleForFSxS3Access', suffix: true },
}

const SUFFIX = text({ min: 1, max: 64, pattern: /^[\w+=,.@-]+$/ })

const shape = members(
  { AWSServiceName: text({ min: 1, max: 128, pattern: /^[\w+=,.@-]+$/ }) },
  { Description: DESCRIPTION, CustomSuffix: SUFFIX },
)

/** The role has no policies here: what AWS gives it only its service uses. */
export const createServiceLinkedRole = operation('CreateServiceLinkedRole', shape, (input, iam) => {
  const { AWSServiceName: service, CustomSuffix: suffix } = input
  const known = ROLES[service]
  if (known === undefined)
    throw invalidInput(
      `The muster sandbox knows no service-linked role of ${service}; it knows ${Object.keys(ROLES).join(', ')}.`,
    )
  if (suffix !== undefined && !known.suffix) throw invalidInput(`Custom suffix is not allowed for ${service}`)
  const name = suffix === undefined ? known.name : `${known.name}_${suffix}`
  if (iam.roles.has(name))
    throw invalidInput(`Service role name ${name} has been taken in this account, please try a different suffix.`)
  const role = newRole(
    { name, trust: trustOf(service), path: `${SERVICE_ROLES}${service}/`, description: input.Description },
    iam.world.account,
    iam.world.clock.now(),
  )
  addRole(iam, role)
  return { Role: renderRole(role) }
})
