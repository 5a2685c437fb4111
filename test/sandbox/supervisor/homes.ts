import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox, stopSandbox, type StartedSandbox } from '../../../src/sandbox/supervisor/supervisor.ts'

const made: string[] = []

/** A folder for a sandbox, with a space in its path; not made yet, as at a user's first start. */
export async function newHome(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster test-'))
  made.push(folder)
  return join(folder, 'sandbox')
}

/** Starts a real daemon with simulated nodes. */
export function start(home: string, env: NodeJS.ProcessEnv = {}): Promise<StartedSandbox> {
  return startSandbox({ home, nodes: 'simulated', env: { ...process.env, ...env } })
}

/** For afterEach: stops every sandbox and removes every folder of this file. */
export async function removeHomes(): Promise<void> {
  for (const folder of made.splice(0)) {
    await stopSandbox(join(folder, 'sandbox'))
    await rm(folder, { recursive: true, force: true })
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
