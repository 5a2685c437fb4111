import { eligibleTasks, type Counts } from '../../core/queue/eligible.ts'
import { taskName, type QueuedJob } from '../../core/queue/queued-job.ts'
import type { WaitReason } from '../../core/queue/wait-reason.ts'
import type { Lease, StoredTask } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'
import { readWorkNote } from '../controller/note-work.ts'
import { CONTROLLER } from './submit.ts'

/**
 * Why tasks of a job wait, as far as the store tells: a hold, that nobody leads, what they wait for; else what whoever leads noted of the
 * job. `tasks` are all of the job. The function gives null for what does not wait, or of which nothing is known yet.
 */
export async function reasonsOf(
  job: QueuedJob,
  tasks: readonly StoredTask[],
  { queue, clock }: Pick<Services, 'queue' | 'clock'>,
): Promise<{ readonly worker: Lease | null; readonly reason: (task: StoredTask) => WaitReason | null }> {
  const now = clock.now()
  const counts = new Map<string, Counts | null>()
  for (const { job: other } of job.after) counts.set(other, await queue.counts(other))
  const worker = await queue.holder(CONTROLLER, now)
  const note = await readWorkNote(queue)
  const { not } = eligibleTasks(
    tasks.map((task) => ({ ...task, job })),
    (other) => counts.get(other) ?? null,
    now,
  )
  const reason = ({ key, view }: StoredTask): WaitReason | null => {
    if (view.state === 'held') return { kind: 'held' }
    if (view.state !== 'waiting') return null
    if (worker === null) return { kind: 'no-controller' }
    return not.get(taskName(key)) ?? note?.reasons[job.id] ?? null
  }
  return { worker, reason }
}
