import { recordsOf, type AttemptRecord } from '../../core/queue/attempt-record.ts'
import { nextView } from '../../core/queue/fold.ts'
import { taskName } from '../../core/queue/queued-job.ts'
import { byName } from '../../core/queue/starts.ts'
import type { QueuedTask } from '../../core/queue/eligible.ts'
import { OPEN_STATES } from '../../core/queue/task-view.ts'
import type { Change, JobStore } from '../../ports/job-store.ts'
import type { FleetWorker } from './fleet-worker.ts'
import { unlessOnlyItsOwn } from './only-its-own.ts'

/** Attempts that have ended, by fleet. */
type Ended = ReadonlyMap<string, readonly AttemptRecord[]>

/** So many of the newest jobs are read once, when somebody begins to work the queue, and of those that are open. */
const JOBS_READ = 20

/** The attempts that have ended since it was asked last; the first time, when all is written, those that ended before too. */
export function endedReader(queue: JobStore) {
  let isFirst = true
  return async (tasks: readonly QueuedTask[], written: readonly Change[]): Promise<Ended> => {
    const ended = isFirst ? await earlierAttempts(queue) : endedNow(tasks, written)
    isFirst = false
    return ended
  }
}

async function earlierAttempts(queue: JobStore): Promise<Ended> {
  const lists = await Promise.all([
    queue.jobs({ fleet: null, states: OPEN_STATES, limit: JOBS_READ }),
    queue.jobs({ fleet: null, states: null, limit: JOBS_READ }),
  ])
  const jobs = new Map(lists.flat().map(({ job }) => [job.id, job]))
  const ended: (readonly [string, AttemptRecord])[] = []
  for (const { id, fleet } of jobs.values()) {
    const tasks = await queue.tasks({ fleet: null, states: null, job: id })
    // One by one: an array may have more attempts than a call may have arguments.
    for (const { key, view } of tasks) for (const one of recordsOf(key, view)) ended.push([fleet, one])
  }
  return grouped(ended)
}

/** Those whose end is among what was written of the tasks. */
function endedNow(tasks: readonly QueuedTask[], changes: readonly Change[]): Ended {
  const known = byName(tasks)
  return grouped(
    changes.flatMap(({ key, event }) => {
      const task = event.type === 'attempt-ended' ? known.get(taskName(key)) : undefined
      const record = task && recordsOf(key, nextView(task.view, event)).at(-1)
      return task && record ? [[task.job.fleet, record] as const] : []
    }),
  )
}

function grouped(ended: readonly (readonly [string, AttemptRecord])[]): Ended {
  const groups = Map.groupBy(ended, ([fleet]) => fleet)
  return new Map([...groups].map(([fleet, list]) => [fleet, list.map(([, record]) => record)]))
}

/** Has each fleet judge its nodes by how attempts have ended on them. */
export async function judgeNodes(workers: readonly FleetWorker[], ended: Ended): Promise<void> {
  for (const one of workers) await unlessOnlyItsOwn(one, () => one.judge(ended.get(one.name) ?? []))
}
