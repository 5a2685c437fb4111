import { cohortsOf, isWhole } from '../plan/cohort.ts'
import type { CohortWish } from '../plan/cohort-wish.ts'
import type { ObservedNode } from '../fleet/observed.ts'

/** A cohort that was asked for, and those that there were then: a new one beside them is it. */
export interface PendingLaunch {
  readonly nodes: number
  readonly before: ReadonlySet<number>
}

/** Launches that have not brought a cohort yet. */
export function stillPending(pending: readonly PendingLaunch[], nodes: readonly ObservedNode[]): PendingLaunch[] {
  const taken = new Set<number>()
  const cohorts = cohortsOf(nodes).filter(isWhole)
  return pending.filter((launch) => {
    const come = cohorts.find((cohort) => !launch.before.has(cohort.index) && !taken.has(cohort.index))
    if (come) taken.add(come.index)
    return !come
  })
}

/** How many nodes launches will bring. */
export function comingNodes(pending: readonly PendingLaunch[]): number {
  return pending.reduce((sum, launch) => sum + launch.nodes, 0)
}

/**
 * The cohorts that a fleet should have: those that it has, less the nodes that are to end, and those that were asked for. Nodes that are
 * to end are taken from the end of the rank order by whoever carries it out, never a busy one.
 */
export function wishesOf(
  nodes: readonly ObservedNode[],
  ending: ReadonlySet<string>,
  pending: readonly PendingLaunch[],
): CohortWish[] {
  const kept = cohortsOf(nodes)
    .filter(isWhole)
    .map((cohort) => ({
      index: cohort.index,
      nodes: cohort.nodes.filter((node) => !ending.has(node.id)).length,
      instanceType: null,
      exact: true,
    }))
    .filter((wish) => wish.nodes > 0)
  return [...kept, ...pending.map((launch) => ({ nodes: launch.nodes, instanceType: null, exact: true }))]
}
