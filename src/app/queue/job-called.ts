import { MusterError } from '../../core/errors/muster-error.ts'
import { nameIn } from '../../core/job/id.ts'
import type { QueuedJob } from '../../core/queue/queued-job.ts'
import { OPEN_STATES } from '../../core/queue/task-view.ts'
import { nearest } from '../../kit/nearest.ts'
import type { JobStore } from '../../ports/job-store.ts'

/** Names are looked for among so many of the newest jobs, and as many ids are offered where nothing is found. */
const NEWEST = 1000

/**
 * The job that a word means: its id, or its name as the id begins with it: then the one of that name that has not ended, or the newest where all have. Null where
 * there is none.
 *
 * @throws MusterError UsageInvalid where several of that name have not ended. `command` (`muster why`) is what it suggests with their ids.
 */
export async function jobCalled(word: string, command: string, queue: JobStore): Promise<QueuedJob | null> {
  const known = await queue.job(word)
  if (known !== null) return known
  const named = (await queue.jobs({ fleet: null, states: null, limit: NEWEST })).filter(
    ({ job }) => nameIn(job.id) === word,
  )
  const open = named.filter(({ counts }) => OPEN_STATES.some((state) => (counts[state] ?? 0) > 0))
  if (open.length > 1) {
    throw new MusterError('UsageInvalid', `${open.length} jobs called ${word} have not ended: name one by its id`, {
      suggestions: open.slice(0, 5).map(({ job }) => `${command} ${job.id}`),
    })
  }
  return (open[0] ?? named[0])?.job ?? null
}

/** The ids that somebody may have meant, three at most: the newest jobs whose ids begin so, else those that are spelt alike. */
export async function jobsLike(word: string, queue: JobStore): Promise<readonly string[]> {
  const known = await queue.jobs({ fleet: null, states: null, limit: NEWEST })
  const begin = known.filter(({ job }) => word !== '' && job.id.startsWith(word))
  const ids = (begin.length > 0 ? begin : known).map(({ job }) => job.id)
  return begin.length > 0 ? ids.slice(0, 3) : nearest(word, ids)
}
