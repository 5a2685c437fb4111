import type { JobSpent } from '../../core/cost/attribute.ts'
import type { Counts } from '../../core/queue/eligible.ts'
import { taskName, type QueuedJob } from '../../core/queue/queued-job.ts'
import type { FoundBad } from '../../core/queue/found-bad.ts'
import type { TaskEvent } from '../../core/queue/task-event.ts'
import { lastAttempt, type TaskView } from '../../core/queue/task-view.ts'
import type { WaitReason } from '../../core/queue/wait-reason.ts'
import type { StoredTask } from '../../ports/job-store.ts'
import { costOfJobs } from '../cost/cost-of-jobs.ts'
import type { Services } from '../services.ts'
import { readFoundBad } from '../controller/found-bad-note.ts'
import { failedBefore } from './failed-before.ts'
import { findTasks } from './find-tasks.ts'
import { reasonsOf } from './reason-of.ts'

export interface DescribedTask {
  readonly name: string
  readonly view: TaskView
  /** Why it waits; null where it does not, or nothing is known yet. */
  readonly reason: WaitReason | null
  /** What was found bad of the nodes of its newest attempt; null where nothing was. */
  readonly bad: FoundBad | null
}

export interface JobDescription {
  readonly job: QueuedJob
  /** Who works the queue; null where nobody does. */
  readonly worker: string | null
  readonly tasks: Counts
  /** What the nodes of those that are shown have cost while they held them; null where they held none. */
  readonly cost: JobSpent | null
  /** The jobs that have to be run again before this one can be, in that order. */
  readonly retryFirst: readonly string[]
  /** The tasks that were asked for: one, or all of the job. */
  readonly shown: readonly DescribedTask[]
  /** What happened to it, the oldest first; empty where several tasks are shown. */
  readonly history: readonly TaskEvent[]
}

/**
 * Everything that the queue knows of `ID` or `ID.TASK`. `command` is what the error suggests with ids that exist.
 *
 * @throws MusterError JobUnknown with the nearest ids.
 */
export async function describeJob(
  name: string,
  command: string,
  services: Pick<Services, 'queue' | 'ledger' | 'clock'>,
): Promise<JobDescription> {
  const { queue } = services
  const found = await findTasks(name, command, queue)
  const { job, one } = found
  const all = one === null ? found.tasks : await queue.tasks({ fleet: null, states: null, job: job.id })
  const { worker, reason } = await reasonsOf(job, all, services)
  const bad = new Map((await readFoundBad(job.fleet, queue)).map((node) => [node.node, node]))
  const described = (task: StoredTask) => ({
    name: taskName(task.key),
    view: task.view,
    reason: reason(task),
    bad: badOf(task, bad),
  })
  const single = found.tasks.length === 1 ? found.tasks[0]! : null
  return {
    job,
    worker: worker?.holder ?? null,
    tasks: (await queue.counts(job.id)) ?? {},
    cost: (await costOfJobs([job.id], services, one?.index ?? null)).get(job.id) ?? null,
    retryFirst: await failedBefore(job, queue),
    shown: found.tasks.map(described),
    history: single === null ? [] : await queue.history(single.key),
  }
}

/** A task that is done has no need to know. */
function badOf({ view }: StoredTask, bad: ReadonlyMap<string, FoundBad>): FoundBad | null {
  const nodes = view.state === 'done' ? [] : (lastAttempt(view)?.nodes ?? [])
  return nodes.map(({ id }) => bad.get(id)).find((one) => one !== undefined) ?? null
}
