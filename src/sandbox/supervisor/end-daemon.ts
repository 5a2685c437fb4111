import { existsSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sleep } from '../../kit/sleep.ts'
import { cleanLeftovers } from '../machines/leftovers.ts'
import { socketPath } from '../socket-path.ts'
import { adminCall } from './admin-call.ts'
import { files } from './files.ts'
import { probe } from './probe.ts'
import { isLocked, lockWithin } from './process-lock.ts'
import { SandboxError } from './sandbox-error.ts'
import { readState, removeState } from './state.ts'

const GRACEFUL_MS = 20_000
/** For one that did not answer: it may be starting, or hang. */
const MUTE_MS = 3_000
const KILLED_MS = 5_000

/**
 * Ends the daemon of a folder if there is one: asks it, then tells it (SIGTERM), then kills it; and removes what a killed one left.
 * The caller holds the change lock. Returns whether there was one. Throws SandboxError where it cannot be ended.
 */
export async function endDaemon(home: string): Promise<boolean> {
  const lock = files.daemonLock(home)
  const ran = isLocked(lock) || (await probe(home)) !== undefined
  if (ran) await end(home)
  const held = await lockWithin(lock, KILLED_MS)
  if (held === undefined)
    throw new SandboxError(`the sandbox (process ${readState(home)?.pid ?? '?'}) cannot be ended`, files.log(home))
  try {
    await removeLeftovers(home)
    removeState(home)
  } finally {
    held.release()
  }
  return ran
}

/** What a sandbox must not leave: processes, mounts, its socket, nodes' and file systems' folders. For whoever holds the daemon's lock. */
export async function removeLeftovers(home: string): Promise<void> {
  await cleanLeftovers(home)
  if (existsSync(home)) await rm(socketPath(realpathSync(home)), { force: true })
  await rm(join(home, 'fsx'), { recursive: true, force: true })
}

async function end(home: string): Promise<void> {
  const state = readState(home)
  const answered = await askToStop(home)
  if (!answered) signal(state?.pid, 'SIGTERM')
  if (await released(home, answered ? GRACEFUL_MS : MUTE_MS)) return
  signal(readState(home)?.pid, 'SIGKILL')
}

async function released(home: string, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms
  while (isLocked(files.daemonLock(home))) {
    if (Date.now() > deadline) return false
    await sleep(20)
  }
  return true
}

/** The pid is the lock holder's own word, written right after it took the lock. */
function signal(pid: number | undefined, name: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function askToStop(home: string): Promise<boolean> {
  try {
    await adminCall(home, 'POST', 'stop', undefined, 2_000)
    return true
  } catch {
    return false
  }
}
