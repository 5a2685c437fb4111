import {
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolesCommand,
  SimulatePrincipalPolicyCommand,
  type Role,
} from '@aws-sdk/client-iam'
import { NODE_ROLE, SERVICE_ROLES, type ObservedAccess, type ObservedRole } from '../../core/account/observed.ts'
import { isAwsClass } from '../error-map.ts'
import { TAG, tagValue } from '../tags.ts'
import type { Iam } from './iam.ts'

export const SSM_POLICY = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'
/** The inline policy, whose text is `templates/policies/node.json`. */
export const NODE_POLICY = 'muster-node'
/** One tag for each region that setup made the role for. */
export const REGION_TAG = 'muster:region:'

/** What nodes have, and which of AWS's services have their role. */
export async function observeAccess(iam: Iam, policy: string): Promise<ObservedAccess> {
  const [role, profile, serviceRoles] = await Promise.all([
    observedRole(iam, policy),
    orNull(iam.send(new GetInstanceProfileCommand({ InstanceProfileName: NODE_ROLE }))),
    Promise.all(SERVICE_ROLES.map(async (service) => ((await hasServiceRole(iam, service)) ? [service] : []))),
  ])
  const found = profile?.InstanceProfile
  return {
    role,
    profile: found === undefined ? null : { ours: isOurs(found.Tags), hasRole: (found.Roles ?? []).length > 0 },
    serviceRoles: serviceRoles.flat(),
  }
}

const isOurs = (tags: Role['Tags']) => tagValue(tags, TAG.network) !== null

async function observedRole(iam: Iam, policy: string): Promise<ObservedRole | null> {
  const RoleName = NODE_ROLE
  const found = await orNull(iam.send(new GetRoleCommand({ RoleName })))
  if (found?.Role === undefined) return null
  const [attached, inline] = await Promise.all([
    iam.send(new ListAttachedRolePoliciesCommand({ RoleName })),
    orNull(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: NODE_POLICY }))),
  ])
  const ours = isOurs(found.Role.Tags)
  const regions = (found.Role.Tags ?? []).flatMap(({ Key = '' }) =>
    Key.startsWith(REGION_TAG) ? [Key.slice(REGION_TAG.length)] : [],
  )
  return {
    ours,
    ssm: attached.AttachedPolicies?.some((one) => one.PolicyArn === SSM_POLICY) ?? false,
    buckets: sameDocument(inline?.PolicyDocument, policy) || (!ours && (await allows(iam, found.Role.Arn, policy))),
    regions,
  }
}

/** Whether a role that somebody else made allows what the policy does; false where that may not be asked. */
async function allows(iam: Iam, PolicySourceArn: string | undefined, policy: string): Promise<boolean> {
  const { Statement: statements } = JSON.parse(policy) as { Statement: { Action: string[]; Resource: string }[] }
  try {
    const answers = await Promise.all(
      statements.map(({ Action: ActionNames, Resource }) => {
        const ResourceArns = [Resource.replaceAll('*', 'x')]
        return iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, ResourceArns }))
      }),
    )
    return answers.every(({ EvaluationResults: results = [] }) =>
      results.every((one) => one.EvalDecision === 'allowed'),
    )
  } catch (error) {
    if (isAwsClass(error, 'not-allowed', 'unsupported', 'refused')) return false
    throw error
  }
}

/** IAM gives documents URL-encoded (RFC 3986), and keeps their white space. */
function sameDocument(encoded: string | undefined, policy: string): boolean {
  if (encoded === undefined) return false
  try {
    return JSON.stringify(JSON.parse(decodeURIComponent(encoded))) === JSON.stringify(JSON.parse(policy))
  } catch {
    return false
  }
}

/** Found by its path, which is the service's: its name is AWS's own affair. */
async function hasServiceRole(iam: Iam, service: string): Promise<boolean> {
  const { Roles = [] } = await iam.send(new ListRolesCommand({ PathPrefix: `/aws-service-role/${service}/` }))
  return Roles.length > 0
}

export async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (isAwsClass(error, 'gone')) return null
    throw error
  }
}
