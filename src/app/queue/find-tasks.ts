import { MusterError } from '../../core/errors/muster-error.ts'
import { parseTaskName, taskName, type QueuedJob, type TaskKey } from '../../core/queue/queued-job.ts'
import { nearest } from '../../kit/nearest.ts'
import type { JobStore, StoredTask } from '../../ports/job-store.ts'

/** A job of the queue and those of its tasks that were named: one, or all. */
export interface FoundTasks {
  readonly job: QueuedJob
  /** The task that was named; null where the whole job was. */
  readonly one: TaskKey | null
  readonly tasks: readonly StoredTask[]
}

/**
 * What `ID` or `ID.TASK` names. `command` (`muster why`) is what the error suggests with ids that exist.
 *
 * @throws MusterError JobUnknown with the nearest ids.
 */
export async function findTasks(name: string, command: string, queue: JobStore): Promise<FoundTasks> {
  const key = parseTaskName(name)
  const job = key === null ? null : await queue.job(key.job)
  if (key === null || job === null) throw await unknownJob(key?.job ?? name, command, queue)
  if (key.index === null)
    return { job, one: null, tasks: await queue.tasks({ fleet: null, states: null, job: job.id }) }
  const task = await queue.task(key)
  if (task === null) throw noSuchTask(job, key, command)
  return { job, one: key, tasks: [task] }
}

async function unknownJob(id: string, command: string, queue: JobStore): Promise<MusterError> {
  const near = await jobsLike(id, queue)
  const what = id === '' ? 'no job was named' : `there is no job ${id} in the queue`
  return new MusterError('JobUnknown', what, {
    suggestions: near.length > 0 ? near.map((one) => `${command} ${one}`) : ['muster jobs --all'],
  })
}

/** The ids that somebody may have meant, three at most: the newest jobs of that name or whose ids begin so, else those that are spelt alike. */
export async function jobsLike(id: string, queue: JobStore): Promise<readonly string[]> {
  const known = await queue.jobs({ fleet: null, states: null, limit: 1000 })
  const meant = known.filter(({ job }) => id !== '' && (job.spec.name === id || job.id.startsWith(id)))
  const ids = (meant.length > 0 ? meant : known).map(({ job }) => job.id)
  return meant.length > 0 ? ids.slice(0, 3) : nearest(id, ids)
}

function noSuchTask(job: QueuedJob, key: TaskKey, command: string): MusterError {
  const { array } = job
  if (array === null) {
    return new MusterError('JobUnknown', `${job.id} is one task, and has no task ${key.index}`, {
      suggestions: [`${command} ${job.id}`],
    })
  }
  const message = `${job.id} has no task ${key.index}; its ${array.length} tasks are ${array[0]} to ${array.at(-1)}`
  const last = taskName({ job: job.id, index: array.at(-1) ?? 0 })
  return new MusterError('JobUnknown', message, { suggestions: [`${command} ${last}`, `muster job ${job.id}`] })
}
