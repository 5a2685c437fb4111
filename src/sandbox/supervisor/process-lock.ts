import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sleep } from '../../kit/sleep.ts'

/** Given back by `release`, or by the system when the process dies, however it dies. */
export interface ProcessLock {
  release(): void
}

/** A database that nobody refers to is closed by the garbage collector, and its lock with it. */
const held = new Set<DatabaseSync>()

/**
 * Takes a lock between processes, or undefined where another holds it. Node has no lock on files, SQLite has: an exclusive
 * transaction on an empty database. No process ids are compared, so a reused one cannot deceive.
 */
export function tryLock(path: string): ProcessLock | undefined {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    // Nothing is ever written, so there is nothing to roll back and no journal file to leave behind.
    database.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    // 5 is SQLITE_BUSY.
    if ((error as { errcode?: number }).errcode === 5) return undefined
    throw error
  }
  held.add(database)
  return {
    release: () => {
      held.delete(database)
      database.close()
    },
  }
}

/** Tries until the lock is free or the time is up (undefined). */
export async function lockWithin(path: string, ms: number): Promise<ProcessLock | undefined> {
  const deadline = Date.now() + ms
  for (;;) {
    const lock = tryLock(path)
    if (lock !== undefined || Date.now() >= deadline) return lock
    await sleep(20)
  }
}

/** Whether somebody holds it now; nobody who tries at the same moment is told so for more than a moment. */
export function isLocked(path: string): boolean {
  const lock = tryLock(path)
  lock?.release()
  return lock === undefined
}
