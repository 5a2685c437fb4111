import { MusterError } from '../../core/errors/muster-error.ts'
import { isBatch, jobOf } from '../../core/job/id.ts'
import { parseTaskName, taskName } from '../../core/queue/queued-job.ts'
import { hasEnded, lastAttempt } from '../../core/queue/task-view.ts'
import type { StoredTask } from '../../ports/job-store.ts'
import { readRecord } from '../job/records.ts'
import { readTaskRecord } from '../job/task-record.ts'
import type { Services } from '../services.ts'
import { tasksIn } from './find-tasks.ts'
import { jobCalled } from './job-called.ts'

/**
 * The run that the newest attempt of a task of the queue is, by `ID` or `ID.TASK`, or an earlier one, by `ID.a1`: what its log and results
 * are kept under. A name that is not the queue's goes on as it is: a job of `muster run`. `command` (`muster logs`) is what the error suggests.
 *
 * @throws MusterError UsageInvalid for a whole array, JobUnknown for a task that there is not or that has not begun yet.
 */
export async function runOf(name: string, command: string, services: Pick<Services, 'queue'>): Promise<string> {
  const run = await lookUp(name, command, services)
  if (typeof run === 'string') return run
  throw new MusterError('JobUnknown', `${name} has not been started yet`, { suggestions: [`muster why ${name}`] })
}

type Waits = Pick<Services, 'queue' | 'objects' | 'clock' | 'cloud' | 'events' | 'interrupts'>

/** As `runOf`, but a task that waits is waited for, until what its nodes begin it from is in the bucket. */
export async function runOnceBegun(name: string, command: string, services: Waits): Promise<string> {
  const { clock, cloud, events, interrupts, objects } = services
  let isSaid = false
  for (;;) {
    const run = await lookUp(name, command, services)
    // One that ended without it never began.
    if (typeof run !== 'string' && hasEnded(run.view)) return runOf(name, command, services)
    if (typeof run === 'string' && ((await readRecord(objects, run)) ?? (await readTaskRecord(objects, run))))
      return run
    const task = typeof run === 'string' ? await taskOf(name, command, services) : run
    if (typeof run === 'string' && (task === null || hasEnded(task.view))) return run
    if (!isSaid) events.emit('job.awaited', { job: name })
    isSaid = true
    await clock.sleep(cloud.pollMs.first, interrupts.signal)
  }
}

async function taskOf(name: string, command: string, { queue }: Pick<Services, 'queue'>): Promise<StoredTask | null> {
  const key = parseTaskName(name)
  const job = key && (await jobCalled(key.job, command, queue))
  if (key === null || job === null) return null
  const { one, tasks } = await tasksIn(job, key.index, command, queue)
  if (one !== null || job.array === null) return tasks[0] ?? null
  throw new MusterError('UsageInvalid', `${job.id} has ${job.array.length} tasks, and each has its own log`, {
    suggestions: [`${command} ${taskName({ job: job.id, index: job.array[0] ?? 0 })}`, `muster job ${job.id}`],
  })
}

/** A task where it has not begun. */
async function lookUp(name: string, command: string, services: Pick<Services, 'queue'>): Promise<string | StoredTask> {
  if (isBatch(name)) throw await manyTasks(name, command, services)
  // The first attempt of a task has the task's own name (runName).
  const [, first] = /^(.+)\.a1$/.exec(name) ?? []
  const task = await taskOf(first ?? name, command, services)
  if (task === null) return name
  const attempt = first === undefined ? lastAttempt(task.view) : task.view.attempts[0]
  return attempt?.run ?? task
}

/** `muster status` names the tasks that a node was given together, and nothing is kept under that name. */
async function manyTasks(name: string, command: string, { queue }: Pick<Services, 'queue'>): Promise<MusterError> {
  const id = jobOf(name)
  const job = await queue.job(id)
  const index = job?.array?.[0] ?? null
  return new MusterError('UsageInvalid', `${name} is what one node was given of ${id}, and each task has its own log`, {
    suggestions: job === null ? ['muster status'] : [`${command} ${taskName({ job: id, index })}`, `muster job ${id}`],
  })
}
