import { isAlive, type ObservedFleet } from '../fleet/observed.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import { isWhole, type Cohort } from '../plan/cohort.ts'
import { keptNodes } from '../plan/plan-drains.ts'
import { isReady } from '../plan/plan-raise.ts'

/** Anything at all that teardown would remove. */
export function hasAnything({ nodes, storage, securityGroup, placementGroup, template }: ObservedFleet): boolean {
  return nodes.some(isAlive) || storage.length > 0 || !!securityGroup || !!placementGroup || !!template
}

/** A cohort that is not as it should be: not ready yet, broken, or draining. */
export function hasToDo(cohort: Cohort, held: ReadonlySet<string>, spec: FleetSpec): boolean {
  const kept = keptNodes(cohort.draining, spec)
  if (cohort.draining.some((node) => !held.has(node.id) && !kept.includes(node))) return true
  if (isWhole(cohort)) return !cohort.nodes.every(isReady)
  return cohort.nodes.some((node) => !held.has(node.id))
}
