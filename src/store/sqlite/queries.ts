import { OPEN_STATES, type TaskState, type TaskView } from '../../core/queue/task-view.ts'
import type { QueuedJob, TaskKey } from '../../core/queue/queued-job.ts'
import type { TaskEvent } from '../../core/queue/task-event.ts'
import type { JobFilter, JobSummary, StoredTask, TaskFilter } from '../../ports/job-store.ts'
import type { Database } from './database.ts'

type Row = Readonly<Record<string, unknown>>

export function findJob(database: Database, id: string): QueuedJob | null {
  const row = database.read(() => database.prepare('SELECT document FROM jobs WHERE id = ?').get(id))
  return row ? (JSON.parse(String(row['document'])) as QueuedJob) : null
}

/**
 * The newest first, with how many of its tasks are in each state. What is parsed here is what this muster or an older one wrote: the store's version says so.
 */
export function listJobs(database: Database, { fleet, states, limit }: JobFilter): JobSummary[] {
  const conditions = [
    ...(fleet === null ? [] : ['fleet = ?']),
    ...(states === null
      ? []
      : [
          `EXISTS (SELECT 1 FROM counts WHERE job = jobs.id AND tasks > 0 AND state IN (${states.map(() => '?').join(', ')}))`,
        ]),
  ]
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const rows = database.read(() =>
    database
      .prepare(`SELECT last_end, document FROM jobs ${where} ORDER BY submitted_at DESC, id LIMIT ?`)
      .all(...(fleet === null ? [] : [fleet]), ...(states ?? []), limit),
  )
  return rows.map((row) => summarise(database, row))
}

function summarise(database: Database, row: Row): JobSummary {
  const job = JSON.parse(String(row['document'])) as QueuedJob
  const counts = countsOf(database, job.id) ?? {}
  const isOpen = OPEN_STATES.some((state) => (counts[state] ?? 0) > 0)
  return { job, counts, endedAt: isOpen || row['last_end'] === null ? null : Number(row['last_end']) }
}

/** How many tasks are in each state; null where there is no such job. */
export function countsOf(database: Database, job: string): Partial<Record<TaskState, number>> | null {
  const rows = database.read(() => database.prepare('SELECT state, tasks FROM counts WHERE job = ?').all(job))
  const some = rows.filter((row) => Number(row['tasks']) > 0)
  return rows.length === 0 ? null : Object.fromEntries(some.map((row) => [String(row['state']), Number(row['tasks'])]))
}

export function listTasks(database: Database, { fleet, states, job }: TaskFilter): StoredTask[] {
  const conditions = [
    ...(states === null ? [] : [`state IN (${states.map(() => '?').join(', ')})`]),
    ...(fleet === null ? [] : ['fleet = ?']),
    ...(job === null ? [] : ['job = ?']),
  ]
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const values = [...(states ?? []), ...(fleet === null ? [] : [fleet]), ...(job === null ? [] : [job])]
  const rows = database.read(() =>
    database.prepare(`SELECT job, idx, view FROM tasks ${where} ORDER BY job, idx`).all(...values),
  )
  return rows.map(storedTask)
}

export function findTask(database: Database, key: TaskKey): StoredTask | null {
  const row = database.read(() =>
    database.prepare('SELECT job, idx, view FROM tasks WHERE job = ? AND idx = ?').get(key.job, key.index ?? -1),
  )
  return row ? storedTask(row) : null
}

export function historyOf(database: Database, key: TaskKey): TaskEvent[] {
  const rows = database.read(() =>
    database
      .prepare('SELECT document FROM events WHERE job = ? AND idx = ? ORDER BY seq')
      .all(key.job, key.index ?? -1),
  )
  return rows.map((row) => JSON.parse(String(row['document'])) as TaskEvent)
}

function storedTask(row: Row): StoredTask {
  const index = Number(row['idx'])
  return {
    key: { job: String(row['job']), index: index < 0 ? null : index },
    view: JSON.parse(String(row['view'])) as TaskView,
  }
}
