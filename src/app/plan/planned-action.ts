import type { Action } from '../../core/plan/action.ts'
import { describeAction } from '../../core/plan/describe-action.ts'
import type { PlannedAction } from '../results/plan.ts'

/** An action for people and for `--json`: what, with its sign, and why. */
export function plannedAction(action: Action): PlannedAction {
  const { id, kind, reason, dependsOn } = action
  return { id, kind, what: describeAction(action), reason, dependsOn }
}
