import type { CheckedCall } from '../../../world.ts'
import { judgeConditions } from './condition.ts'
import { neededActions, type Needed } from './needed-actions.ts'
import { fits } from './pattern.ts'
import type { Statement } from './statement.ts'

/** Keys of which the request itself tells; all others (tags of what exists, a service's own keys) are not known here. */
const KNOWN = /^aws:(requesttag\/.*|tagkeys|requestedregion|principalarn)$/i

/**
 * Why AWS would refuse the call, in its words; null where it would not, as far as can be told without its resources: actions and
 * the request's own tags are held to the policies, resources and conditions on anything else are taken to fit in an Allow, and
 * not to fit in a Deny. So a right that is missing is always found, one that is too narrow not always.
 */
export function refusalOf(statements: readonly Statement[], call: CheckedCall): string | null {
  for (const needed of neededActions(call)) {
    const isDenied = statements.some(
      (one) => one.effect === 'Deny' && speaksOf(one, needed) && holdsForSure(one, needed),
    )
    if (isDenied) return sentence(call, needed, 'with an explicit deny in an identity-based policy')
    const isAllowed = statements.some((one) => one.effect === 'Allow' && speaksOf(one, needed) && mayHold(one, needed))
    if (!isAllowed) return sentence(call, needed, `because no identity-based policy allows the ${needed.action} action`)
  }
  return null
}

function speaksOf({ actions }: Statement, { action }: Needed): boolean {
  const matches = actions.patterns.some((pattern) => fits(action.toLowerCase(), pattern.toLowerCase()))
  return matches !== actions.not
}

/** The conditions that can be judged hold. */
function mayHold(statement: Statement, { action, context }: Needed): boolean {
  // What a launch from a template tags is said in the template.
  const tagsAreElsewhere = /^ec2:(CreateFleet|RunInstances)$/.test(action)
  const conditions = Object.fromEntries(
    Object.entries(statement.conditions).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).filter(
          ([key]) => isKnown(key, context) && !(tagsAreElsewhere && /^aws:(requesttag|tagkeys)/i.test(key)),
        ),
      ),
    ]),
  )
  return judgeConditions({ ...statement, conditions }, context).hold
}

/** A Deny counts where nothing of it is unknown: it speaks of all resources, and its conditions can all be judged. */
function holdsForSure(statement: Statement, { context }: Needed): boolean {
  const keys = Object.values(statement.conditions).flatMap((each) => Object.keys(each))
  const isForAll = !statement.resources.not && statement.resources.patterns.includes('*')
  return isForAll && keys.every((key) => isKnown(key, context)) && judgeConditions(statement, context).hold
}

const isKnown = (key: string, context: Needed['context']): boolean => KNOWN.test(key) || context.has(key.toLowerCase())

const sentence = ({ caller }: CheckedCall, { action }: Needed, why: string): string =>
  `User: ${caller.arn} is not authorized to perform: ${action} ${why}`
