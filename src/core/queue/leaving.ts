import type { Waiting } from '../scheduling/input.ts'
import { survivesSpot } from './after-end.ts'
import { waitingOf, type QueuedTask } from './eligible.ts'
import { holdsNodes, lastAttempt } from './task-view.ts'

/** Nodes that Spot said it would take, by instance id, as far as tasks that have not ended know of them: nothing is placed there. */
export function leavingNodes(tasks: readonly QueuedTask[]): ReadonlySet<string> {
  const notices = tasks.flatMap(({ view }) => view.attempts.map(({ notice }) => notice))
  return new Set(notices.flatMap((notice) => (notice ? [notice.node] : [])))
}

/** Tasks that will have to go on elsewhere, as if they waited already: so their new nodes boot while they still run. */
export function leavingTasks(tasks: readonly QueuedTask[]): Waiting[] {
  return tasks.filter(isLeaving).map(waitingOf)
}

function isLeaving({ view, job }: QueuedTask): boolean {
  return holdsNodes(view) && !!lastAttempt(view)?.notice && survivesSpot(view, job.retries)
}
