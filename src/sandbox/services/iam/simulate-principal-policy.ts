import { members, oneOf, text } from '../json/shape.ts'
import type { Read, Shape } from '../json/shape.ts'
import { invalidInput } from './errors.ts'
import { ARN, DOCUMENT, PAGING, textList } from './input.ts'
import { operation } from './operation.ts'
import { markedPage } from './page.ts'
import { readPolicy } from './policy/document.ts'
import { evaluate } from './policy/evaluate.ts'
import type { Verdict } from './policy/evaluate.ts'
import { policiesOf } from './principal-policies.ts'

const RESOURCE = text({ min: 1, max: 2048 })

const CONTEXT = members(
  {},
  {
    ContextKeyName: text({ min: 5, max: 256 }),
    ContextKeyValues: textList(text()),
    ContextKeyType: oneOf(
      ...(['string', 'numeric', 'boolean', 'ip', 'binary', 'date'] as const).flatMap(
        (one) => [one, `${one}List`] as const,
      ),
    ),
  },
)

/** AWS has it, the sandbox does not. */
const unimplemented = (name: string): Shape<undefined> => ({
  constraints: [],
  read() {
    throw invalidInput(`The muster sandbox does not implement ${name} of SimulatePrincipalPolicy.`)
  },
})

const shape = members(
  { PolicySourceArn: ARN, ActionNames: textList(text({ min: 3, max: 128 })) },
  {
    PolicyInputList: textList(DOCUMENT),
    PermissionsBoundaryPolicyInputList: unimplemented('PermissionsBoundaryPolicyInputList'),
    ResourcePolicy: unimplemented('ResourcePolicy'),
    ResourceArns: textList(RESOURCE),
    ResourceOwner: RESOURCE,
    CallerArn: RESOURCE,
    ContextEntries: textList(CONTEXT),
    ResourceHandlingOption: text({ min: 1, max: 64 }),
    ...PAGING,
  },
)

/** What the policies of a user or a role say to each action: one result an action, the resources below it. */
export const simulatePrincipalPolicy = operation('SimulatePrincipalPolicy', shape, (input, iam) => {
  const added = (input.PolicyInputList ?? []).map((document, index) => ({
    id: `PolicyInputList.${index + 1}`,
    type: 'none' as const,
    statements: readPolicy(document),
  }))
  const policies = [...policiesOf(iam, input.PolicySourceArn), ...added]
  const context = contextOf(input)
  const resources = input.ResourceArns ?? []
  const results = [...new Set(input.ActionNames)].map((action) => {
    if (!/^[\w-]+:[\w*?]+$/.test(action)) throw invalidInput(`Invalid Action: ${action}`)
    const named = (resources.length === 0 ? ['*'] : resources).map((resource) => ({
      resource,
      verdict: evaluate(policies, action, resource, context),
    }))
    return { action, named, specific: resources.some((resource) => resource !== '*') }
  })
  const { items, end } = markedPage(results, ({ action }) => action, input)
  return { EvaluationResults: items.map(render), ...end }
})

interface Result {
  readonly action: string
  readonly named: readonly { readonly resource: string; readonly verdict: Verdict }[]
  /** Whether resources were named: what is missing is told of with them then. */
  readonly specific: boolean
}

function render({ action, named, specific }: Result): object {
  const whole = overall(named.map(({ verdict }) => verdict))
  const [only, ...more] = named
  return {
    EvalActionName: action,
    EvalResourceName: more.length === 0 ? only?.resource : '*',
    EvalDecision: whole.decision,
    MatchedStatements: matched(whole),
    MissingContextValues: specific ? [] : whole.missing,
    ResourceSpecificResults: specific
      ? named.map(({ resource, verdict }) => ({
          EvalResourceName: resource,
          EvalResourceDecision: verdict.decision,
          MatchedStatements: matched(verdict),
          MissingContextValues: verdict.missing,
        }))
      : undefined,
  }
}

const matched = (verdict: Verdict): readonly object[] =>
  verdict.matched.map(({ id, type }) => ({ SourcePolicyId: id, SourcePolicyType: type }))

/** Of several resources: denied where one is denied by name, allowed where any is allowed. Each resource's own word is what counts. */
function overall(verdicts: readonly Verdict[]): Verdict {
  const found = (decision: Verdict['decision']) => verdicts.find((verdict) => verdict.decision === decision)
  const [first = { decision: 'implicitDeny', matched: [], missing: [] }] = verdicts
  return found('explicitDeny') ?? found('allowed') ?? first
}

function contextOf({ ContextEntries: entries = [] }: Read<typeof shape>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    entries.flatMap(({ ContextKeyName: key, ContextKeyValues: values }) =>
      key === undefined || values === undefined ? [] : [[key.toLowerCase(), values] as const],
    ),
  )
}
