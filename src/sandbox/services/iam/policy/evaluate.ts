import { judgeConditions } from './condition.ts'
import type { Context } from './condition.ts'
import { fits } from './pattern.ts'
import type { Statement, Words } from './statement.ts'

/** A policy that applies to the one who asks. */
export interface Policy {
  readonly id: string
  readonly type: 'user' | 'role' | 'aws-managed' | 'none'
  readonly statements: readonly Statement[]
}

export interface Verdict {
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny'
  /** The policies of the statements that decided. */
  readonly matched: readonly Policy[]
  /** Context keys that a statement for this action and resource asks for and nobody gave. */
  readonly missing: readonly string[]
}

/**
 * What AWS would decide: a Deny that matches wins, else an Allow, else it is denied. Action names know no case, resources do.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html (compiled facts, 2026-09).
 */
export function evaluate(policies: readonly Policy[], action: string, resource: string, context: Context): Verdict {
  const missing = new Set<string>()
  const matching = policies.flatMap((policy) =>
    policy.statements.flatMap((statement) => {
      if (!speaksOf(statement.actions, (pattern) => fits(action.toLowerCase(), pattern.toLowerCase()))) return []
      const patterns = statement.resources.patterns.map((pattern) => filled(pattern, context, missing))
      const resources = { ...statement.resources, patterns: patterns.filter((pattern) => pattern !== undefined) }
      if (!speaksOf(resources, (pattern) => fits(resource, pattern))) return []
      const judged = judgeConditions(statement, context)
      for (const key of judged.missing) missing.add(key)
      return judged.hold ? [{ policy, effect: statement.effect }] : []
    }),
  )
  const deciding = matching.some(({ effect }) => effect === 'Deny') ? 'Deny' : 'Allow'
  const matched = [...new Set(matching.filter(({ effect }) => effect === deciding).map(({ policy }) => policy))]
  const decision = matched.length === 0 ? 'implicitDeny' : deciding === 'Deny' ? 'explicitDeny' : 'allowed'
  return { decision, matched, missing: [...missing].toSorted() }
}

function speaksOf({ not, patterns }: Words, matches: (pattern: string) => boolean): boolean {
  return patterns.some(matches) !== not
}

/** Policy variables (`${aws:username}`) filled in; undefined where one has no value: nothing matches then. */
function filled(pattern: string, context: Context, missing: Set<string>): string | undefined {
  let isWhole = true
  const text = pattern.replace(/\$\{([^}]*)\}/g, (_, key: string) => {
    if (key === '*' || key === '?' || key === '$') return key
    const [value] = context.get(key.toLowerCase()) ?? []
    if (value === undefined) {
      missing.add(key)
      isWhole = false
    }
    return value ?? ''
  })
  return isWhole ? text : undefined
}
