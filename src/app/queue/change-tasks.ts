import { taskName } from '../../core/queue/queued-job.ts'
import type { TaskEvent } from '../../core/queue/task-event.ts'
import type { TaskView } from '../../core/queue/task-view.ts'
import type { StoredTask } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'

/** So often others may have been faster with the same task. */
const MOST_TRIES = 20

/** So many are written at a time: whoever works the queue, and other commands, write between. */
const AT_ONCE = 1000

export interface Changed {
  readonly task: StoredTask
  readonly event: TaskEvent
}

export interface ChangedTasks {
  readonly changed: readonly Changed[]
  /** Those that were left as they are, as they were seen last. */
  readonly left: readonly StoredTask[]
}

/**
 * Adds to each task's history what `decide` says of it, or nothing where it says null. Whoever works the queue writes to the same
 * histories: a task that changed meanwhile is read and decided anew.
 */
export async function changeTasks(
  tasks: readonly StoredTask[],
  decide: (view: TaskView) => TaskEvent | null,
  services: Pick<Services, 'queue'>,
): Promise<ChangedTasks> {
  const parts: ChangedTasks[] = []
  for (let at = 0; at < tasks.length; at += AT_ONCE) {
    parts.push(await changeSome(tasks.slice(at, at + AT_ONCE), decide, services))
  }
  return { changed: parts.flatMap(({ changed }) => changed), left: parts.flatMap(({ left }) => left) }
}

async function changeSome(
  tasks: readonly StoredTask[],
  decide: (view: TaskView) => TaskEvent | null,
  { queue }: Pick<Services, 'queue'>,
): Promise<ChangedTasks> {
  const changed: Changed[] = []
  const left: StoredTask[] = []
  let open = tasks
  for (let tries = 0; open.length > 0 && tries < MOST_TRIES; tries += 1) {
    const wanted: Changed[] = []
    for (const task of open) {
      const event = decide(task.view)
      if (event === null) left.push(task)
      else wanted.push({ task, event })
    }
    const changes = wanted.map(({ task: { key, view }, event }) => ({ key, event, expects: view.version }))
    const written = new Set((await queue.append(changes, null)).map(({ key }) => taskName(key)))
    changed.push(...wanted.filter(({ task }) => written.has(taskName(task.key))))
    const lost = wanted.filter(({ task }) => !written.has(taskName(task.key)))
    const again = await Promise.all(lost.map(({ task }) => queue.task(task.key)))
    open = again.filter((task) => task !== null)
  }
  return { changed, left: [...left, ...open] }
}
