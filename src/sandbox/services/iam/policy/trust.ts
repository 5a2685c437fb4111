import { malformedPolicy } from '../errors.ts'
import { statementsOf } from './document.ts'
import { isObject, strings, syntax } from './syntax.ts'

/** Checks who a role's trust policy lets in. Throws MalformedPolicyDocument. */
export function checkTrust(text: string): void {
  for (const statement of statementsOf(text, () => malformedPolicy('This policy contains invalid Json'))) {
    const { Effect: effect, Principal: principal, Action: action } = statement
    if (effect !== 'Allow' && effect !== 'Deny') throw syntax()
    for (const field of ['Resource', 'NotResource'])
      if (field in statement) throw malformedPolicy(`Has prohibited field ${field}`)
    for (const field of ['Principal', 'Action'])
      if (!(field in statement)) throw malformedPolicy(`Missing required field ${field}`)
    if (strings(action).some((each) => !/^sts:/i.test(each)))
      throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.')
    checkPrincipal(principal)
  }
}

function checkPrincipal(principal: unknown): void {
  if (principal === '*') return
  if (!isObject(principal)) throw syntax()
  for (const [kind, named] of Object.entries(principal))
    for (const each of strings(named)) {
      const isRight = KINDS[kind]
      if (isRight === undefined) throw syntax()
      if (!isRight(each)) throw malformedPolicy(`Invalid principal in policy: "${kind.toUpperCase()}":"${each}"`)
    }
}

/** Whether the account, service or provider exists is not looked up. */
const KINDS: Readonly<Record<string, (name: string) => boolean>> = {
  AWS: (name) => name === '*' || /^(\d{12}|arn:[^:]+:(iam|sts)::\d{12}:.+|A[A-Z0-9]{15,})$/.test(name),
  Service: (name) => /^[a-z0-9][a-z0-9.-]*\.(amazonaws\.com(\.cn)?|aws\.internal)$/.test(name),
  Federated: (name) => name !== '',
  CanonicalUser: (name) => name !== '',
}
