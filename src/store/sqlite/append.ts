import { MusterError } from '../../core/errors/muster-error.ts'
import { nextView } from '../../core/queue/fold.ts'
import { useChange } from '../../core/cost/node-use.ts'
import type { QueuedJob, TaskKey } from '../../core/queue/queued-job.ts'
import type { TaskEvent } from '../../core/queue/task-event.ts'
import type { TaskView } from '../../core/queue/task-view.ts'
import type { Change, Lease } from '../../ports/job-store.ts'
import type { Database } from './database.ts'
import { writeUse } from './ledger.ts'
import { findJob } from './queries.ts'

/** Adds events where the task is still at the version that the writer saw; resolves with those that were written. */
export function appendChanges(database: Database, changes: readonly Change[], lease: Lease | null): Change[] {
  return database.write(() => {
    if (lease !== null) mustHold(database, lease)
    const jobs = new Map<string, QueuedJob | null>()
    const written = changes.filter((change) => appendOne(database, change, jobs))
    noteEnds(database, written)
    return written
  })
}

/** Once for each job: its row holds its whole description, with every index of its array, and is written anew each time. */
function noteEnds(database: Database, written: readonly Change[]): void {
  const ends = new Map<string, number>()
  for (const { key, event } of written) {
    if (event.type === 'finished') ends.set(key.job, Math.max(event.at, ends.get(key.job) ?? 0))
  }
  const note = database.prepare('UPDATE jobs SET last_end = ?1 WHERE id = ?2 AND (last_end IS NULL OR last_end < ?1)')
  for (const [job, at] of ends) note.run(at, job)
}

function appendOne(database: Database, { key, event, expects }: Change, jobs: Map<string, QueuedJob | null>): boolean {
  const index = key.index ?? -1
  const row = database.prepare('SELECT state, version, view FROM tasks WHERE job = ? AND idx = ?').get(key.job, index)
  if (!row || row['version'] !== expects) return false
  const view = nextView(JSON.parse(String(row['view'])) as TaskView, event)
  database
    .prepare('UPDATE tasks SET state = ?, version = ?, view = ? WHERE job = ? AND idx = ?')
    .run(view.state, view.version, JSON.stringify(view), key.job, index)
  database
    .prepare('INSERT INTO events (job, idx, seq, document) VALUES (?, ?, ?, ?)')
    .run(key.job, index, view.version, JSON.stringify(event))
  tellLedger(database, key, event, jobs)
  if (row['state'] !== view.state) move(database, key.job, String(row['state']), view.state)
  return true
}

/** `jobs` are those that have been read in this write: their documents are long. */
function tellLedger(database: Database, key: TaskKey, event: TaskEvent, jobs: Map<string, QueuedJob | null>): void {
  if (event.type !== 'placed' && event.type !== 'attempt-ended') return
  const job = jobs.get(key.job) ?? findJob(database, key.job)
  jobs.set(key.job, job)
  const change = job === null ? null : useChange(key, job, event)
  if (change !== null) writeUse(database, change)
}

function move(database: Database, job: string, from: string, to: string): void {
  database.prepare('UPDATE counts SET tasks = tasks - 1 WHERE job = ? AND state = ?').run(job, from)
  database
    .prepare(
      'INSERT INTO counts (job, state, tasks) VALUES (?, ?, 1) ON CONFLICT (job, state) DO UPDATE SET tasks = tasks + 1',
    )
    .run(job, to)
}

/** Fencing: whoever was slow must not write over what the next holder did. */
function mustHold(database: Database, lease: Lease): void {
  const row = database.prepare('SELECT token, holder FROM leases WHERE name = ?').get(lease.name)
  if (row?.['token'] === lease.token) return
  throw new MusterError('LeaseLost', `${lease.name} is led by ${String(row?.['holder'] ?? 'nobody')} by now`, {
    data: { lease: lease.name, token: lease.token },
  })
}
