import { malformedPolicy } from '../errors.ts'
import { checkConditions } from './condition.ts'
import type { Statement, Words } from './statement.ts'
import { isObject, strings, syntax } from './syntax.ts'

const TOP = ['Version', 'Id', 'Statement']
const OF_STATEMENT = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']

/**
 * Reads an identity's policy. Throws MalformedPolicyDocument. Grammar:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html; words: BEHAVIOUR.md.
 */
export function readPolicy(text: string): readonly Statement[] {
  const statements = statementsOf(text, () => syntax())
  const sids = statements.flatMap(({ Sid }) => (Sid === undefined ? [] : [Sid]))
  if (sids.some((sid) => typeof sid !== 'string' || !/^[A-Za-z0-9]*$/.test(sid))) throw syntax()
  if (new Set(sids).size < sids.length) throw malformedPolicy('Statement IDs (SID) in a single policy must be unique.')
  return statements.map(readStatement)
}

/** The statements of any policy, as they stand. */
export function statementsOf(text: string, broken: () => Error): readonly Readonly<Record<string, unknown>>[] {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    throw broken()
  }
  if (!isObject(document) || Object.keys(document).some((key) => !TOP.includes(key))) throw syntax()
  const { Version: version, Statement: given } = document
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') throw syntax()
  const statements: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (statements.length === 0 || !statements.every(isObject)) throw syntax()
  return statements
}

function readStatement(given: Readonly<Record<string, unknown>>): Statement {
  if ('Principal' in given || 'NotPrincipal' in given)
    throw malformedPolicy('Policy document should not specify a principal.')
  if (Object.keys(given).some((key) => !OF_STATEMENT.includes(key))) throw syntax()
  const { Effect: effect } = given
  if (effect !== 'Allow' && effect !== 'Deny') throw syntax()
  const actions = wordsOf(given, 'Action', 'Policy statement must contain actions.')
  for (const action of actions.patterns) checkAction(action)
  const resources = wordsOf(given, 'Resource', 'Policy statement must contain resources.')
  for (const resource of resources.patterns)
    if (resource !== '*' && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+/.test(resource))
      throw malformedPolicy(`Resource ${resource} must be in ARN format or "*".`)
  return { effect, actions, resources, conditions: checkConditions(given['Condition']) }
}

function wordsOf(given: Readonly<Record<string, unknown>>, name: 'Action' | 'Resource', none: string): Words {
  if (name in given && `Not${name}` in given) throw syntax()
  const not = `Not${name}` in given
  const patterns = strings(given[not ? `Not${name}` : name] ?? [])
  if (patterns.length === 0) throw malformedPolicy(none)
  return { not, patterns }
}

function checkAction(action: string): void {
  if (action === '*') return
  const [vendor = '', ...rest] = action.split(':')
  if (rest.length === 0)
    throw malformedPolicy('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
  if (rest.length > 1) throw malformedPolicy('Actions/Condition can contain only one colon.')
  if (!/^[A-Za-z0-9\-.]+$/.test(vendor)) throw malformedPolicy(`Vendor ${vendor} is not valid`)
}
