import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { endDaemon } from './end-daemon.ts'
import { files } from './files.ts'
import { lockWithin } from './process-lock.ts'
import { SandboxError } from './sandbox-error.ts'

const CHANGE_MS = 60_000

/**
 * Stops the sandbox of a folder: every instance and file system ends, S3's data stays. Stopping what does not run succeeds and
 * removes what a killed one left. Returns whether one ran. Throws SandboxError.
 */
export async function stopSandbox(home: string): Promise<{ readonly stopped: boolean }> {
  if (!existsSync(home)) return { stopped: false }
  return { stopped: await change(home, () => endDaemon(home)) }
}

/** Stops the sandbox and deletes everything that it holds, S3's data and its log too. The key pair and the port stay. */
export async function resetSandbox(home: string): Promise<{ readonly stopped: boolean }> {
  if (!existsSync(home)) return { stopped: false }
  const kept = [files.credentials(home), files.port(home), files.daemonLock(home), files.changeLock(home)]
  return change(home, async () => {
    const stopped = await endDaemon(home)
    for (const name of await readdir(home)) {
      const path = join(home, name)
      if (!kept.includes(path)) await rm(path, { recursive: true, force: true })
    }
    return { stopped }
  })
}

async function change<T>(home: string, work: () => Promise<T>): Promise<T> {
  const lock = await lockWithin(files.changeLock(home), CHANGE_MS)
  if (lock === undefined)
    throw new SandboxError(`another process has been changing the sandbox in ${home} for a minute`, files.log(home))
  try {
    return await work()
  } finally {
    lock.release()
  }
}
