import type { Counts } from '../../core/queue/eligible.ts'
import { OPEN_STATES, type TaskState } from '../../core/queue/task-view.ts'
import type { WaitReason } from '../../core/queue/wait-reason.ts'
import type { JobSummary, Lease } from '../../ports/job-store.ts'
import type { Spent } from '../../core/cost/tally.ts'
import { costOfJobs } from '../cost/cost-of-jobs.ts'
import type { Services } from '../services.ts'
import { readWorkNote, type WorkNote } from '../controller/note-work.ts'
import { CONTROLLER } from './submit.ts'

export interface JobsRequest {
  readonly fleet: string | null
  /** Null takes those that have not ended, and the newest that have. */
  readonly states: readonly TaskState[] | null
  /** At most so many. */
  readonly limit: number
}

export interface ListedJob {
  readonly id: string
  readonly name: string
  readonly fleet: string
  readonly tasks: Counts
  readonly isArray: boolean
  /** Nodes of one task. */
  readonly nodes: number
  /** Why its first waiting task waits, or that Spot takes a node of one that runs; null where nothing is to be said. */
  readonly reason: WaitReason | null
  /** What its nodes have cost while its attempts held them; null where none has held any. */
  readonly cost: Spent | null
  /** Milliseconds since the epoch. */
  readonly submittedAt: number
  /** Null while one of its tasks has not ended. */
  readonly endedAt: number | null
}

export interface JobsResult {
  /** Who works the queue; null where nobody does. */
  readonly worker: string | null
  readonly jobs: readonly ListedJob[]
  /** More match than were asked for. */
  readonly hasMore: boolean
}

/** The jobs of the queue, the newest first, by what the store tells: no cloud is asked. */
export async function listJobs(
  request: JobsRequest,
  services: Pick<Services, 'queue' | 'ledger' | 'clock'>,
): Promise<JobsResult> {
  const { queue, clock } = services
  const { fleet, states, limit } = request
  const [found, worker, note] = await Promise.all([
    queue.jobs({ fleet, states, limit: limit + 1 }),
    queue.holder(CONTROLLER, clock.now()),
    readWorkNote(queue),
  ])
  const shown = found.slice(0, limit)
  const costs = await costOfJobs(
    shown.map(({ job }) => job.id),
    services,
  )
  return {
    worker: worker?.holder ?? null,
    jobs: shown.map((one) => ({ ...listed(one, worker, note), cost: costs.get(one.job.id)?.paid ?? null })),
    hasMore: found.length > limit,
  }
}

function listed(
  { job, counts, endedAt }: JobSummary,
  worker: Lease | null,
  note: WorkNote | null,
): Omit<ListedJob, 'cost'> {
  return {
    id: job.id,
    name: job.spec.name,
    fleet: job.fleet,
    tasks: counts,
    isArray: job.array !== null,
    nodes: job.spec.nodes,
    reason: reasonOf(job.id, counts, worker, note),
    submittedAt: job.submittedAt,
    endedAt,
  }
}

/** What was noted by one who leads no longer says nothing of now. */
function reasonOf(job: string, counts: Counts, worker: Lease | null, note: WorkNote | null): WaitReason | null {
  const open = OPEN_STATES.filter((state) => (counts[state] ?? 0) > 0)
  if (open.length === 0) return null
  if (open.every((state) => state === 'held')) return { kind: 'held' }
  if (worker === null) return { kind: 'no-controller' }
  const noted = (counts.waiting ?? 0) > 0 ? note?.reasons[job] : undefined
  const notice = note?.notices[job]
  return noted ?? (notice ? { kind: 'spot-notice', ...notice } : null)
}
