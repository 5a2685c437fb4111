import { taskName, type QueuedJob } from '../../core/queue/queued-job.ts'
import type { Counts, QueuedTask } from '../../core/queue/eligible.ts'
import { hasEnded, OPEN_STATES, type TaskView } from '../../core/queue/task-view.ts'
import type { Change } from '../../ports/job-store.ts'
import { nextView } from '../../core/queue/fold.ts'
import type { Services } from '../services.ts'

/** All of the queue that has not ended, as it was a moment ago. */
export interface QueueNow {
  readonly tasks: readonly QueuedTask[]
  /** How the jobs stand that others wait for. */
  readonly countsOf: (job: string) => Counts | null
}

/** Reads the queue; descriptions of jobs never change, so each is read once. */
export function queueReader({ queue }: Pick<Services, 'queue'>) {
  const jobs = new Map<string, QueuedJob>()
  return async (): Promise<QueueNow> => {
    const stored = await queue.tasks({ fleet: null, states: OPEN_STATES, job: null })
    for (const id of new Set(stored.map(({ key }) => key.job))) {
      const job = jobs.get(id) ?? (await queue.job(id))
      if (job) jobs.set(id, job)
    }
    const tasks = stored.flatMap(({ key, view }): QueuedTask[] => {
      const job = jobs.get(key.job)
      return job ? [{ key, view, job }] : []
    })
    const others = new Set(tasks.flatMap(({ job }) => job.after.map((one) => one.job)))
    const counts = new Map<string, Counts | null>()
    for (const id of others) counts.set(id, await queue.counts(id))
    return { tasks, countsOf: (job) => counts.get(job) ?? null }
  }
}

/** The queue as it is after changes that were written: nothing has to be read again for them. */
export function withChanges(now: QueueNow, changes: readonly Change[]): QueueNow {
  if (changes.length === 0) return now
  const views = new Map<string, TaskView>()
  const known = new Map(now.tasks.map((task) => [taskName(task.key), task.view]))
  for (const { key, event } of changes) {
    const name = taskName(key)
    const view = views.get(name) ?? known.get(name)
    if (view) views.set(name, nextView(view, event))
  }
  const tasks = now.tasks
    .map((task) => ({ ...task, view: views.get(taskName(task.key)) ?? task.view }))
    .filter(({ view }) => !hasEnded(view))
  return { ...now, tasks }
}
