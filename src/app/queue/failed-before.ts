import { isNeverMet } from '../../core/queue/eligible.ts'
import type { QueuedJob } from '../../core/queue/queued-job.ts'
import type { JobStore } from '../../ports/job-store.ts'

/** The jobs that have to be run again before this one can be, in that order: those that it waits for and that were not done. */
export async function failedBefore(job: QueuedJob, queue: JobStore): Promise<readonly string[]> {
  const seen = new Set<string>()
  const inOrder: string[] = []
  const visit = async ({ after }: QueuedJob): Promise<void> => {
    for (const dependency of after) {
      if (seen.has(dependency.job)) continue
      const other = isNeverMet(dependency, await queue.counts(dependency.job)) ? await queue.job(dependency.job) : null
      if (other === null) continue
      seen.add(other.id)
      await visit(other)
      inOrder.push(other.id)
    }
  }
  await visit(job)
  return inOrder
}
