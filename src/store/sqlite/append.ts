import { MusterError } from '../../core/errors/muster-error.ts'
import { nextView } from '../../core/queue/fold.ts'
import type { TaskView } from '../../core/queue/task-view.ts'
import type { Change, Lease } from '../../ports/job-store.ts'
import type { Database } from './database.ts'

/** Adds events where the task is still at the version that the writer saw; resolves with those that were written. */
export function appendChanges(database: Database, changes: readonly Change[], lease: Lease | null): Change[] {
  return database.write(() => {
    if (lease !== null) mustHold(database, lease)
    return changes.filter((change) => appendOne(database, change))
  })
}

function appendOne(database: Database, { key, event, expects }: Change): boolean {
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
  if (row['state'] !== view.state) move(database, key.job, String(row['state']), view.state)
  if (event.type === 'finished') {
    database.prepare('UPDATE jobs SET last_end = max(coalesce(last_end, 0), ?) WHERE id = ?').run(event.at, key.job)
  }
  return true
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
