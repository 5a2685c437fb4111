import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MusterError } from '../core/errors/muster-error.ts'
import type { FleetLocks } from '../ports/fleet-lock.ts'

interface Holder {
  readonly pid: number
  /** Start time of that process in the kernel's ticks, where the system tells: a pid is used again after a while. */
  readonly startedAt: string | null
  readonly what: string
}

/** Locks as files in `folder`, made with O_EXCL: they outlive a `kill -9`, so a dead holder is recognised and replaced. */
export function fileLocks(folder: string): FleetLocks {
  const held = new Map<string, number>()
  return {
    acquire: async (fleet, what) => {
      const path = join(folder, `${fleet}.lock`)
      const depth = held.get(path) ?? 0
      if (depth === 0) await take(path, fleet, what)
      held.set(path, depth + 1)
      let released = false
      return {
        release: async () => {
          if (released) return
          released = true
          const left = (held.get(path) ?? 1) - 1
          held.set(path, left)
          if (left === 0) await rm(path, { force: true })
        },
      }
    },
  }
}

async function take(path: string, fleet: string, what: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  const mine: Holder = { pid: process.pid, startedAt: startOf(process.pid), what }
  for (;;) {
    try {
      await writeFile(path, JSON.stringify(mine), { flag: 'wx', mode: 0o600 })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = await readHolder(path)
    if (holder && isAlive(holder)) {
      throw new MusterError('FleetBusy', `fleet ${fleet} is in use by process ${holder.pid} (${holder.what})`, {
        suggestions: ['wait for it to end, or use another --fleet', `muster down ${fleet} --force`],
        data: { fleet, pid: holder.pid },
      })
    }
    // Renaming first makes sure that of two who find it dead only one removes it.
    await rename(path, `${path}.${process.pid}.dead`).catch(() => undefined)
    await rm(`${path}.${process.pid}.dead`, { force: true })
  }
}

/** Null for a file that is gone, or that its writer has not finished: whoever wrote that is dead or will be done in a moment. */
async function readHolder(path: string): Promise<Holder | null> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const text = await readFile(path, 'utf8').catch(() => null)
    if (text === null) return null
    try {
      return JSON.parse(text) as Holder
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  return null
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return holder.startedAt === null || startOf(holder.pid) === holder.startedAt
}

/** Field 22 of /proc/PID/stat; null where there is no /proc. The name before it may hold spaces and brackets. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
