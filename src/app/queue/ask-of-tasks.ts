import type { Counts } from '../../core/queue/eligible.ts'
import { taskName } from '../../core/queue/queued-job.ts'
import type { TaskEvent } from '../../core/queue/task-event.ts'
import { hasEnded, holdsNodes, OPEN_STATES, type TaskState, type TaskView } from '../../core/queue/task-view.ts'
import type { StoredTask } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'
import { changeTasks } from './change-tasks.ts'
import { findTasks } from './find-tasks.ts'
import { CONTROLLER } from './submit.ts'

export const ASKS = ['cancel', 'retry', 'hold', 'release'] as const
export type Ask = (typeof ASKS)[number]

export interface AskResult {
  readonly ask: Ask
  /** The job or task, by its id; null is every job. */
  readonly name: string | null
  /** How many tasks were changed. */
  readonly changed: number
  /** Of those to be cancelled: how many hold nodes, and end only when these have ended them. */
  readonly onNodes: number
  /** How many were left as they are, by their state. */
  readonly left: Counts
  /** Whether anybody works the queue. */
  readonly isWorked: boolean
}

type QueueServices = Pick<Services, 'queue' | 'clock'>

/**
 * Cancels, retries, holds or releases the tasks of `JOB` or `JOB.TASK`; null cancels all that have not ended. Asking twice is as
 * asking once.
 *
 * @throws MusterError JobUnknown with the nearest ids.
 */
export async function askOfTasks(ask: Ask, name: string | null, services: QueueServices): Promise<AskResult> {
  const { queue, clock } = services
  const found = name === null ? null : await findTasks(name, `muster ${ask}`, queue)
  const tasks = found?.tasks ?? (await queue.tasks({ fleet: null, states: OPEN_STATES, job: null }))
  const isWorked = (await queue.holder(CONTROLLER, clock.now())) !== null
  const { changed, left } = await changeTasks(tasks, (view) => EVENTS[ask](view, clock.now(), isWorked), services)
  return {
    ask,
    name: found && taskName(found.one ?? { job: found.job.id, index: null }),
    changed: changed.length,
    onNodes: changed.filter(({ event, task }) => event.type === 'cancel-asked' && holdsNodes(task.view)).length,
    left: countsOf(left),
    isWorked,
  }
}

type Decide = (view: TaskView, at: number, isWorked: boolean) => TaskEvent | null

const EVENTS: { readonly [A in Ask]: Decide } = {
  cancel: (view, at, isWorked) => {
    if (hasEnded(view)) return null
    // Nobody would end it, and it has nothing on any node.
    const ends = !isWorked && !holdsNodes(view)
    if (ends) return { type: 'finished', at, outcome: 'cancelled', exitCode: null, message: 'cancelled before it ran' }
    return view.cancelAsked ? null : { type: 'cancel-asked', at }
  },
  retry: (view, at) => (hasEnded(view) && view.state !== 'done' ? { type: 'retried', at } : null),
  hold: (view, at) => (view.state === 'waiting' ? { type: 'held', at } : null),
  release: (view, at) => (view.state === 'held' ? { type: 'released', at } : null),
}

function countsOf(tasks: readonly StoredTask[]): Counts {
  const counts: Partial<Record<TaskState, number>> = {}
  for (const { view } of tasks) counts[view.state] = (counts[view.state] ?? 0) + 1
  return counts
}
