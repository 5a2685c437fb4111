import type { QueuedTask } from './eligible.ts'
import type { QueuedJob } from './queued-job.ts'
import type { Start } from './start.ts'
import { holdsNodes, lastAttempt } from './task-view.ts'

/** So many tasks go to a node by one name at most: the document in which it says how they stand is written anew for each that ends. */
const TASKS_A_BATCH = 200

/** Whether tasks of the job are given to nodes in batches: those that share a node and are one program there. */
export function isBatched({ share, spec }: Pick<QueuedJob, 'share' | 'spec'>): boolean {
  return share && spec.launcher === 'shell' && spec.prepare === null
}

/** Starts of one job on one node together, by a common name; the others are left as they are. */
export function inBatches(starts: readonly Start[]): Start[] {
  const groups = Map.groupBy(starts, ({ task, nodes }) =>
    isBatched(task.job) ? `${task.job.id} ${nodes[0]?.id ?? ''}` : '',
  )
  return [...groups].flatMap(([name, group]) => (name === '' ? group : chunks(group).flatMap(named)))
}

/**
 * It is called after its first task and what had happened to that: a placement of one version of a task is written once, so that no
 * two batches have one name.
 */
function named(group: readonly Start[]): Start[] {
  const { key, view } = group[0]!.task
  const batch = `${key.job}.b${key.index ?? 0}-${view.version}`
  return group.map((start) => ({ ...start, placed: { ...start.placed, batch } }))
}

function chunks(group: readonly Start[]): Start[][] {
  return Array.from({ length: Math.ceil(group.length / TASKS_A_BATCH) }, (_, nth) =>
    group.slice(nth * TASKS_A_BATCH, (nth + 1) * TASKS_A_BATCH),
  )
}

/** By node, the cores that its batches may not use: those of tasks that share it in another way. */
export function coresOfOthers(tasks: readonly QueuedTask[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>()
  for (const { job, view } of tasks) {
    const attempt = lastAttempt(view)
    if (!job.share || !holdsNodes(view) || attempt === null || attempt.batch !== null) continue
    for (const { id } of attempt.nodes) taken.set(id, (taken.get(id) ?? 0) + job.spec.tasksPerNode)
  }
  return taken
}
