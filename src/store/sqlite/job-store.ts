import type { JobStore } from '../../ports/job-store.ts'
import type { Ledger } from '../../ports/ledger.ts'
import { appendChanges } from './append.ts'
import { openDatabase } from './database.ts'
import { ledgerIn } from './ledger.ts'
import { holderOf, releaseLease, renewLease, takeLease } from './leases.ts'
import { countsOf, findJob, findTask, historyOf, listJobs, listTasks } from './queries.ts'
import { submitJobs } from './submit.ts'

/**
 * The queue and the ledger in one file of this machine, for any number of musters at once.
 *
 * @throws MusterError StoreNewer, StoreDamaged, DiskFull.
 */
export function openJobStore(path: string): JobStore & Ledger {
  const database = openDatabase(path)
  return {
    ...ledgerIn(database),
    submit: async (jobs, first) => submitJobs(database, jobs, first),
    job: async (id) => findJob(database, id),
    jobs: async (filter) => listJobs(database, filter),
    tasks: async (filter) => listTasks(database, filter),
    counts: async (job) => countsOf(database, job),
    task: async (key) => findTask(database, key),
    history: async (key) => historyOf(database, key),
    append: async (changes, lease) => appendChanges(database, changes, lease),
    // Of all pragmas this one tells of other connections alone (SQLite, "PRAGMA data_version").
    revision: async () =>
      database.read(() => Number(database.prepare('PRAGMA data_version').get()?.['data_version'] ?? 0)),
    lease: async (name, holder, forMs, now) => takeLease(database, name, holder, now + forMs, now),
    renew: async (lease, forMs, now) => renewLease(database, lease, now + forMs),
    release: async (lease) => releaseLease(database, lease),
    holder: async (name, now) => holderOf(database, name, now),
    note: async (key) => {
      const row = database.read(() => database.prepare('SELECT value FROM notes WHERE key = ?').get(key))
      return row ? String(row['value']) : null
    },
    setNote: async (key, value) => {
      database.write(() =>
        value === null
          ? database.prepare('DELETE FROM notes WHERE key = ?').run(key)
          : database
              .prepare('INSERT INTO notes (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
              .run(key, value),
      )
    },
    close: () => database.close(),
  }
}
