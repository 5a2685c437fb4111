import { MusterError } from '../../core/errors/muster-error.ts'
import { parseTaskName, taskName } from '../../core/queue/queued-job.ts'
import { lastAttempt } from '../../core/queue/task-view.ts'
import type { Services } from '../services.ts'
import { findTasks } from './find-tasks.ts'

/**
 * The run that the newest attempt of a task of the queue is, by `ID` or `ID.TASK`: what its log and results are kept under. A name that
 * is not the queue's goes on as it is: a job of `muster run`, or one attempt of a task. `command` (`muster logs`) is what the error suggests.
 *
 * @throws MusterError UsageInvalid for a whole array, JobUnknown for a task that there is not or that has not begun yet.
 */
export async function runOf(name: string, command: string, { queue }: Pick<Services, 'queue'>): Promise<string> {
  const key = parseTaskName(name)
  if (key === null || (await queue.job(key.job)) === null) return name
  const { job, one, tasks } = await findTasks(name, command, queue)
  if (one === null && job.array !== null) {
    throw new MusterError('UsageInvalid', `${job.id} has ${job.array.length} tasks, and each has its own log`, {
      suggestions: [`${command} ${taskName({ job: job.id, index: job.array[0] ?? 0 })}`, `muster job ${job.id}`],
    })
  }
  const task = tasks[0]
  const attempt = task ? lastAttempt(task.view) : null
  if (attempt !== null) return attempt.run
  throw new MusterError('JobUnknown', `${name} has not been started yet`, { suggestions: [`muster why ${name}`] })
}
