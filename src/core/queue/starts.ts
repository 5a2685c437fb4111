import type { Placement } from '../scheduling/input.ts'
import { runName, taskName } from './queued-job.ts'
import type { QueuedTask } from './eligible.ts'
import { inBatches } from './batches.ts'
import type { Start } from './start.ts'
import { lastAttempt } from './task-view.ts'

/** The address of a node, by instance id. */
export type AddressOf = (nodeId: string) => string

/**
 * Placements as runs. Tasks that share a node are a run each, with a program, a log and an end of its own, and go to it in batches; all
 * that begin on a node are started by one call.
 */
export function startsOf(
  placements: readonly Placement[],
  tasks: ReadonlyMap<string, QueuedTask>,
  addressOf: AddressOf,
  now: number,
): Start[] {
  const starts = placements.flatMap(({ task: name, nodeIds, cohort, fleet }): Start[] => {
    const task = tasks.get(name)
    if (!task) return []
    const attempt = (lastAttempt(task.view)?.attempt ?? 0) + 1
    const run = runName(task.key, attempt)
    const nodes = nodeIds.map((id, rank) => ({ id, name: `node-${rank}`, ip: addressOf(id) }))
    return [{ run, cohort, fleet, nodes, task, placed: { type: 'placed', at: now, attempt, run, cohort, nodes } }]
  })
  return inBatches(starts)
}

/** The same task by its name. */
export function byName(tasks: readonly QueuedTask[]): Map<string, QueuedTask> {
  return new Map(tasks.map((task) => [taskName(task.key), task]))
}
