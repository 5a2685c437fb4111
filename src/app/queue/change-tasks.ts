import { taskName } from '../../core/queue/queued-job.ts'
import type { TaskEvent } from '../../core/queue/task-event.ts'
import type { TaskView } from '../../core/queue/task-view.ts'
import type { StoredTask } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'

/** So often others may have been faster with the same task. */
const MOST_TRIES = 20

export interface Changed {
  readonly task: StoredTask
  readonly event: TaskEvent
}

/**
 * Adds to each task's history what `decide` says of it, or nothing where it says null. Whoever works the queue writes to the same
 * histories: a task that changed meanwhile is read and decided anew.
 */
export async function changeTasks(
  tasks: readonly StoredTask[],
  decide: (view: TaskView) => TaskEvent | null,
  { queue }: Pick<Services, 'queue'>,
): Promise<readonly Changed[]> {
  const changed: Changed[] = []
  let left = tasks
  for (let tries = 0; left.length > 0 && tries < MOST_TRIES; tries += 1) {
    const wanted = left.flatMap((task) => {
      const event = decide(task.view)
      return event === null ? [] : [{ key: task.key, event, expects: task.view.version, task }]
    })
    const written = new Set((await queue.append(wanted, null)).map(({ key }) => taskName(key)))
    changed.push(...wanted.filter((one) => written.has(taskName(one.key))).map(({ task, event }) => ({ task, event })))
    const lost = wanted.filter((one) => !written.has(taskName(one.key)))
    const again = await Promise.all(lost.map(({ key }) => queue.task(key)))
    left = again.filter((task) => task !== null)
  }
  return changed
}
