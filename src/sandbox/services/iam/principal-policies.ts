import { invalidInput, noSuchEntity } from './errors.ts'
import { USER } from './get-user.ts'
import { readPolicy } from './policy/document.ts'
import type { Policy } from './policy/evaluate.ts'
import type { IamState } from './state/iam-state.ts'
import { ADMINISTRATOR_ACCESS, managedPolicy } from './state/managed-policies.ts'

/** The policies of a user or a role. Throws InvalidInput for other ARNs (a role's session is none), NoSuchEntity for unknown ones. */
export function policiesOf(iam: IamState, arn: string): readonly Policy[] {
  const [, account, kind, path = ''] = /^arn:aws:iam::(\d{12}):(user|role|group)\/(.+)$/.exec(arn) ?? []
  if (kind === undefined) throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`)
  const name = path.slice(path.lastIndexOf('/') + 1)
  const isOurs = account === iam.world.account
  if (kind === 'user' && isOurs && name === USER) return [managed(ADMINISTRATOR_ACCESS)]
  const user = kind === 'user' && isOurs ? iam.users.get(name) : undefined
  if (user?.principal.arn === arn)
    return [...user.inline].map(([id, text]) => ({ id, type: 'user' as const, statements: readPolicy(text) }))
  const role = kind === 'role' && isOurs ? iam.roles.get(name) : undefined
  if (role?.arn !== arn) throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`)
  return [
    ...[...role.inline].map(([id, text]) => ({ id, type: 'role' as const, statements: readPolicy(text) })),
    ...[...role.attached].map(managed),
  ]
}

function managed(arn: string): Policy {
  const known = managedPolicy(arn)
  if (known === undefined) throw new Error(`the managed policy ${arn} is attached and not known`)
  return { id: known.name, type: 'aws-managed', statements: readPolicy(known.document) }
}
