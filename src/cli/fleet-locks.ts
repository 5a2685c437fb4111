import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { MusterError } from '../core/errors/muster-error.ts'
import { WORKING_THE_QUEUE, type FleetLocks } from '../ports/fleet-lock.ts'

interface Held {
  readonly database: DatabaseSync
  users: number
}

/**
 * Locks between the musters of this machine, one file a fleet. Node has no lock on files, SQLite has: an exclusive
 * transaction, which the system itself gives up when the process dies, however it dies. Who holds it stands beside it, for
 * the message alone. `scope` keeps fleets of one name in two clouds or regions apart.
 */
export function fileFleetLocks(folder: string, scope: string): FleetLocks {
  const held = new Map<string, Held>()
  return {
    async acquire(fleet, what) {
      const name = `${scope}-${fleet}`.replaceAll(/[^A-Za-z0-9._-]/g, '_')
      const holder = join(folder, `${name}.json`)
      const mine = held.get(name) ?? { database: open(join(folder, `${name}.lock`), fleet, holder), users: 0 }
      if (mine.users === 0) writeFileSync(holder, JSON.stringify({ pid: process.pid, what, since: Date.now() }))
      held.set(name, mine)
      mine.users += 1
      return {
        release: async () => {
          mine.users -= 1
          if (mine.users > 0) return
          held.delete(name)
          mine.database.close()
        },
      }
    },
  }
}

function open(path: string, fleet: string, holder: string): DatabaseSync {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    // 5 is SQLITE_BUSY.
    if ((error as { errcode?: number }).errcode === 5) throw busy(fleet, holder)
    throw error
  }
}

function busy(fleet: string, path: string): MusterError {
  const { pid, what, since } = readHolder(path)
  const seconds = Math.round((Date.now() - since) / 1000)
  const time = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
  return new MusterError('FleetBusy', `fleet ${fleet} is in use: ${what} (process ${pid}, for ${time})`, {
    suggestions: what === WORKING_THE_QUEUE ? FROM_THE_QUEUE : elsewhere(pid),
    data: { fleet, pid },
  })
}

/** It may go on for days. */
const FROM_THE_QUEUE = [
  'muster submit: the queue runs it there',
  'muster work --stop, then run the same command again',
  'run on another fleet of muster.yaml: --fleet NAME',
]

const elsewhere = (pid: number) => [
  'wait until it has ended',
  'run on another fleet of muster.yaml: --fleet NAME',
  `ps -p ${pid}`,
]

function readHolder(path: string): { readonly pid: number; readonly what: string; readonly since: number } {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ReturnType<typeof readHolder>
  } catch {
    return { pid: 0, what: 'another muster is at work', since: Date.now() }
  }
}
