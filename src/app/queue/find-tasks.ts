import { MusterError } from '../../core/errors/muster-error.ts'
import { parseTaskName, taskName, type QueuedJob, type TaskKey } from '../../core/queue/queued-job.ts'
import type { JobStore, StoredTask } from '../../ports/job-store.ts'
import { jobCalled, jobsLike } from './job-called.ts'

/** A job of the queue and those of its tasks that were named: one, or all. */
export interface FoundTasks {
  readonly job: QueuedJob
  /** The task that was named; null where the whole job was. */
  readonly one: TaskKey | null
  readonly tasks: readonly StoredTask[]
}

/**
 * What `JOB` or `JOB.TASK` names, by id or by name (`jobCalled`). `command` (`muster why`) is what the error suggests with ids that exist.
 *
 * @throws MusterError JobUnknown with what is near; UsageInvalid where several jobs have the name.
 */
export async function findTasks(name: string, command: string, queue: JobStore): Promise<FoundTasks> {
  const parsed = parseTaskName(name)
  const job = parsed === null ? null : await jobCalled(parsed.job, command, queue)
  if (parsed === null || job === null) throw await unknownJob(parsed?.job ?? name, command, queue)
  return tasksIn(job, parsed.index, command, queue)
}

/**
 * One task of a job that is known, or with null all of them.
 *
 * @throws MusterError JobUnknown with the tasks that there are.
 */
export async function tasksIn(
  job: QueuedJob,
  index: number | null,
  command: string,
  queue: JobStore,
): Promise<FoundTasks> {
  if (index === null) return { job, one: null, tasks: await queue.tasks({ fleet: null, states: null, job: job.id }) }
  const key = { job: job.id, index }
  const task = await queue.task(key)
  if (task === null) throw noSuchTask(job, key, command)
  return { job, one: key, tasks: [task] }
}

async function unknownJob(word: string, command: string, queue: JobStore): Promise<MusterError> {
  const near = await jobsLike(word, queue)
  const what = word === '' ? 'no job was named' : `there is no job ${word} in the queue`
  return new MusterError('JobUnknown', what, {
    suggestions: near.length > 0 ? near.map((one) => `${command} ${one}`) : ['muster jobs --all'],
  })
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
