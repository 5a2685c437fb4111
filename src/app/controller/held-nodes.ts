import type { QueuedTask } from '../../core/queue/eligible.ts'
import { holdsNodes, lastAttempt } from '../../core/queue/task-view.ts'

/** The nodes of a fleet that its tasks hold, by instance id. */
export function heldIn(tasks: readonly QueuedTask[], fleet: string): Set<string> {
  const held = tasks.filter(({ view, job }) => job.fleet === fleet && holdsNodes(view))
  return new Set(held.flatMap(({ view }) => lastAttempt(view)?.nodes.map((node) => node.id) ?? []))
}
