import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { MusterError } from '../../core/errors/muster-error.ts'
import { MIGRATIONS } from './migrations.ts'
import { storeError } from './store-error.ts'

/** How long another muster's write is waited for, in milliseconds: its transactions take some. */
const BUSY_MS = 10_000

/** An open store of the version that this muster knows, with its statements made once. */
export interface Database {
  readonly path: string
  /** All or nothing, alone among writers. What SQLite throws becomes a MusterError. */
  write<T>(work: () => T): T
  /** As write, for what only looks. */
  read<T>(work: () => T): T
  prepare(sql: string): StatementSync
  close(): void
}

/**
 * Opens the store, makes it where it is missing, and brings an older one up to date. Only its owner can read it: jobs have
 * environments.
 *
 * @throws MusterError StoreNewer where a newer muster made it: it is left as it is. StoreDamaged, DiskFull.
 */
export function openDatabase(path: string): Database {
  const statements = new Map<string, StatementSync>()
  const database = guarded(path, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const opened = new DatabaseSync(path, { timeout: BUSY_MS })
    chmodSync(path, 0o600)
    return opened
  })
  const write = <T>(work: () => T): T =>
    guarded(path, () => {
      database.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        database.exec('COMMIT')
        return result
      } catch (error) {
        // A full disk may have rolled it back already.
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    })
  try {
    if (versionOf(database, path) > MIGRATIONS.length) throw newer(path)
    guarded(path, () => database.exec('PRAGMA journal_mode = WAL'))
    if (versionOf(database, path) < MIGRATIONS.length) write(() => migrate(database, path))
  } catch (error) {
    database.close()
    throw error
  }
  return {
    path,
    write,
    read: (work) => guarded(path, work),
    prepare: (sql) => {
      const known = statements.get(sql) ?? database.prepare(sql)
      statements.set(sql, known)
      return known
    },
    close: () => database.close(),
  }
}

function versionOf(database: DatabaseSync, path: string): number {
  return guarded(path, () => Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0))
}

/** Inside a transaction: of several musters that find an old store one does this, the others find it done. */
function migrate(database: DatabaseSync, path: string): void {
  const from = versionOf(database, path)
  if (from > MIGRATIONS.length) throw newer(path)
  for (const step of MIGRATIONS.slice(from)) database.exec(step)
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
}

function newer(path: string): MusterError {
  return new MusterError('StoreNewer', `the queue in ${path} is of a newer muster, and is left as it is`, {
    suggestions: ['use that muster', 'MUSTER_HOME=~/.muster-old muster jobs'],
    data: { path },
  })
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw storeError(error, path)
  }
}
