import type { NotEligible, QueuedTask } from './eligible.ts'
import { taskName } from './queued-job.ts'
import type { TaskEvent } from './task-event.ts'
import { hasEnded, holdsNodes } from './task-view.ts'

/** What ends without ever having held nodes: tasks that are to be cancelled, and those that wait for what can never be done. */
export function settledWaiting(
  tasks: readonly QueuedTask[],
  not: ReadonlyMap<string, NotEligible>,
  now: number,
): { readonly task: QueuedTask; readonly event: TaskEvent }[] {
  return tasks.flatMap((task) => {
    if (hasEnded(task.view) || holdsNodes(task.view)) return []
    const why = not.get(taskName(task.key))
    const message = task.view.cancelAsked
      ? 'cancelled before it ran'
      : why?.kind === 'dependency-failed'
        ? `never ran: ${why.job} was not done`
        : null
    if (message === null) return []
    return [{ task, event: { type: 'finished', at: now, outcome: 'cancelled', exitCode: null, message } }]
  })
}
