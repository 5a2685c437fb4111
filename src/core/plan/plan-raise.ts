import type { ObservedNode } from '../fleet/observed.ts'
import type { FleetPlan } from './action.ts'
import { planCohorts } from './plan-cohorts.ts'
import type { RaiseInput } from './raise-input.ts'

/**
 * What takes a fleet to a whole, verified cohort that is large enough, with its storage. Other whole cohorts are left as they are. A
 * converged fleet gives an empty plan.
 */
export function planRaise(input: RaiseInput & { readonly busy?: ReadonlySet<string> }): FleetPlan {
  const wishes = [{ nodes: input.wanted.nodes, instanceType: null, exact: false }]
  return planCohorts({ ...input, wishes, surplus: 'keep', busy: input.busy ?? new Set() })
}

/** True when every stage that the fleet needs is done on the node. */
export function isReady(node: ObservedNode): boolean {
  return node.state === 'running' && node.online && node.stages.has('verified')
}
