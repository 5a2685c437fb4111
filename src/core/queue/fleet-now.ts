import { factsOf, type InstanceFacts } from '../fleet/instance-facts.ts'
import type { ObservedNode } from '../fleet/observed.ts'
import { cohortsOf, isWhole, type Cohort } from '../plan/cohort.ts'
import { isReady } from '../plan/plan-raise.ts'
import { holdTimeOf } from '../scheduling/cohort-book.ts'
import type { CohortView, Holding } from '../scheduling/input.ts'
import type { ScalableNode } from '../scaling/input.ts'
import type { Supply } from '../scaling/unserved.ts'
import { isNearEnd } from './near-end.ts'
import { taskName } from './queued-job.ts'
import type { QueuedTask } from './eligible.ts'
import { holdsNodes, lastAttempt } from './task-view.ts'

/** What the tasks that run hold. */
export function holdingsOf(tasks: readonly QueuedTask[]): Holding[] {
  return tasks.flatMap(({ key, view, job }) => {
    const attempt = lastAttempt(view)
    if (!holdsNodes(view) || attempt === null || attempt.endedAt !== null) return []
    const { timeLimitS, tasksPerNode } = job.spec
    return [
      {
        task: taskName(key),
        nodeIds: attempt.nodes.map((node) => node.id),
        cores: job.share ? tasksPerNode : null,
        endsBy: attempt.placedAt + holdTimeOf(timeLimitS === null ? null : timeLimitS * 1000),
      },
    ]
  })
}

/** What is known of a fleet's nodes beside what was observed. */
export interface FleetMemory {
  readonly fleet: string
  readonly types: readonly InstanceFacts[]
  /** Nodes that nothing is placed on for now. */
  readonly resting: ReadonlySet<string>
  /** When a cohort that boots will be ready, by what is typical, in milliseconds since the epoch. */
  readonly readyAt: number
  readonly now: number
}

/** Cohorts that tasks can be placed in: whole ones, with the nodes of them that may be used. */
export function cohortViews(nodes: readonly ObservedNode[], memory: FleetMemory): CohortView[] {
  return cohortsOf(nodes)
    .filter(isWhole)
    .map((cohort) => ({
      fleet: memory.fleet,
      name: cohort.name,
      nodes: cohort.nodes
        .filter((node) => !memory.resting.has(node.id) && !isNearEnd(node, memory.now))
        .map(({ id, instanceType }) => ({ id, cores: coresOf(instanceType, memory.types) })),
      readyAt: cohort.nodes.every(isReady) ? memory.now : memory.readyAt,
    }))
}

/** Types that the fleet is not described with any more have none that is known: nothing shares them. */
function coresOf(instanceType: string, types: readonly InstanceFacts[]): number {
  return types.some((one) => one.instanceType === instanceType) ? factsOf(types, instanceType).cores : 1
}

/** Nodes that are idle or boot, by cohort: what work that comes can count on. */
export function supplyOf(views: readonly CohortView[], busy: ReadonlySet<string>): Supply[] {
  return views.map((view) => ({ cohort: view.name, nodes: view.nodes.filter(({ id }) => !busy.has(id)).length }))
}

/** The nodes as the scaling policies see them; `idleSince` is remembered by whoever watches. */
export function scalableNodes(
  nodes: readonly ObservedNode[],
  busy: ReadonlySet<string>,
  idleSince: ReadonlyMap<string, number>,
): ScalableNode[] {
  return cohortsOf(nodes)
    .filter(isWhole)
    .flatMap((cohort: Cohort) =>
      cohort.nodes.map((node) => ({
        id: node.id,
        cohort: cohort.name,
        isBusy: busy.has(node.id),
        isBooting: !cohort.nodes.every(isReady),
        idleSince: busy.has(node.id) ? null : (idleSince.get(node.id) ?? null),
      })),
    )
}
