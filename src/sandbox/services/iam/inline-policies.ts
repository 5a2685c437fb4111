import { AwsError } from '../../aws-error.ts'
import { members } from '../json/shape.ts'
import { changeableRole } from './changeable-role.ts'
import { noSuchEntity } from './errors.ts'
import { DOCUMENT, PAGING, POLICY_NAME, ROLE_NAME } from './input.ts'
import { operation } from './operation.ts'
import { markedPage } from './page.ts'
import { readPolicy } from './policy/document.ts'
import { encoded } from './render.ts'
import { roleNamed } from './state/iam-state.ts'

/** A role's own policies. White space does not count for their size. */
const LONGEST = 10_240

export const putRolePolicy = operation(
  'PutRolePolicy',
  members({ RoleName: ROLE_NAME, PolicyName: POLICY_NAME, PolicyDocument: DOCUMENT }, {}),
  ({ RoleName, PolicyName, PolicyDocument }, iam) => {
    const role = changeableRole(iam, RoleName)
    readPolicy(PolicyDocument)
    const texts = [...new Map(role.inline).set(PolicyName, PolicyDocument).values()]
    const size = texts.reduce((sum, text) => sum + text.replace(/\s/g, '').length, 0)
    if (size > LONGEST)
      throw new AwsError('LimitExceeded', `Maximum policy size of ${LONGEST} bytes exceeded for role ${RoleName}`, 409)
    role.inline.set(PolicyName, PolicyDocument)
    return {}
  },
)

const NAMED = members({ RoleName: ROLE_NAME, PolicyName: POLICY_NAME }, {})

export const getRolePolicy = operation('GetRolePolicy', NAMED, ({ RoleName, PolicyName }, iam) => {
  const document = roleNamed(iam, RoleName).inline.get(PolicyName)
  if (document === undefined) throw unknownPolicy(PolicyName)
  return { RoleName, PolicyName, PolicyDocument: encoded(document) }
})

export const listRolePolicies = operation(
  'ListRolePolicies',
  members({ RoleName: ROLE_NAME }, PAGING),
  (input, iam) => {
    const { items, end } = markedPage([...roleNamed(iam, input.RoleName).inline.keys()], (name) => name, input)
    return { PolicyNames: items, ...end }
  },
)

export const deleteRolePolicy = operation('DeleteRolePolicy', NAMED, ({ RoleName, PolicyName }, iam) => {
  if (!changeableRole(iam, RoleName).inline.delete(PolicyName)) throw unknownPolicy(PolicyName)
  return {}
})

const unknownPolicy = (name: string): AwsError => noSuchEntity(`The role policy with name ${name} cannot be found.`)
