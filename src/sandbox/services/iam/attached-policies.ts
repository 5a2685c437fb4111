import { members, text } from '../json/shape.ts'
import { changeableRole } from './changeable-role.ts'
import { invalidInput, limitExceeded, noSuchEntity } from './errors.ts'
import { ARN, PAGING, ROLE_NAME } from './input.ts'
import { operation } from './operation.ts'
import { markedPage } from './page.ts'
import { roleNamed } from './state/iam-state.ts'
import { managedPolicy } from './state/managed-policies.ts'

/** Managed policies of roles. The sandbox knows a few of AWS's own and has no CreatePolicy. */
const MOST = 10

const NAMED = members({ RoleName: ROLE_NAME, PolicyArn: ARN }, {})

/** Attaching what is attached already goes through, as on AWS. */
export const attachRolePolicy = operation('AttachRolePolicy', NAMED, ({ RoleName, PolicyArn }, iam) => {
  const { attached } = changeableRole(iam, RoleName)
  refuseNoArn(PolicyArn)
  if (managedPolicy(PolicyArn) === undefined)
    throw noSuchEntity(`Policy ${PolicyArn} does not exist or is not attachable.`)
  if (attached.size >= MOST && !attached.has(PolicyArn)) throw limitExceeded('PoliciesPerRole', MOST)
  attached.add(PolicyArn)
  return {}
})

export const detachRolePolicy = operation('DetachRolePolicy', NAMED, ({ RoleName, PolicyArn }, iam) => {
  const { attached } = changeableRole(iam, RoleName)
  refuseNoArn(PolicyArn)
  if (!attached.delete(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`)
  return {}
})

const POLICY_PATH = text({ min: 1, max: 512, pattern: /^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/ })

export const listAttachedRolePolicies = operation(
  'ListAttachedRolePolicies',
  members({ RoleName: ROLE_NAME }, { PathPrefix: POLICY_PATH, ...PAGING }),
  (input, iam) => {
    const arns = [...roleNamed(iam, input.RoleName).attached].filter((arn) =>
      arn.slice(arn.indexOf(':policy/') + ':policy'.length).startsWith(input.PathPrefix ?? '/'),
    )
    const { items, end } = markedPage(arns, (arn) => arn, input)
    const policies = items.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }))
    return { AttachedPolicies: policies, ...end }
  },
)

function refuseNoArn(arn: string): void {
  if (!/^arn:[^:]+:iam::(aws|\d{12}):policy\/.+/.test(arn)) throw invalidInput(`ARN ${arn} is not valid.`)
}
