import type { Placement } from '../scheduling/input.ts'
import { runName, taskName } from './queued-job.ts'
import type { QueuedTask } from './eligible.ts'
import type { PlacedNode, TaskEvent } from './task-event.ts'
import { lastAttempt } from './task-view.ts'

/** What is begun on the nodes. */
export interface Start {
  readonly run: string
  readonly cohort: string
  readonly fleet: string
  readonly nodes: readonly PlacedNode[]
  readonly isShared: boolean
  readonly tasks: readonly { readonly task: QueuedTask; readonly placed: TaskEvent & { readonly type: 'placed' } }[]
}

/** What the nodes of a fleet are called by, by instance id. */
export type AddressOf = (nodeId: string) => string

/**
 * Placements as runs. Tasks that share a node are a run each, with a program, a log and an end of its own; all that begin on a node are
 * started by one call.
 */
export function startsOf(
  placements: readonly Placement[],
  tasks: ReadonlyMap<string, QueuedTask>,
  addressOf: AddressOf,
  now: number,
): Start[] {
  return placements.flatMap((placement) => {
    const task = tasks.get(placement.task)
    return task === undefined ? [] : startOf(placement, task, addressOf, now)
  })
}

function startOf(place: Placement, task: QueuedTask, addressOf: AddressOf, now: number): Start {
  const { cohort, fleet, nodeIds } = place
  const attempt = attemptOf(task)
  const run = runName(task.key, attempt)
  const nodes = nodeIds.map((id, rank) => ({ id, name: `node-${rank}`, ip: addressOf(id) }))
  const placed = { type: 'placed', at: now, attempt, run, cohort, nodes } as const
  return { run, cohort, fleet, nodes, isShared: task.job.share, tasks: [{ task, placed }] }
}

function attemptOf({ view }: QueuedTask): number {
  return (lastAttempt(view)?.attempt ?? 0) + 1
}

/** The same task by its name. */
export function byName(tasks: readonly QueuedTask[]): Map<string, QueuedTask> {
  return new Map(tasks.map((task) => [taskName(task.key), task]))
}
