import { existsSync } from 'node:fs'
import { buildId } from './build-id.ts'
import { files } from './files.ts'
import { probe } from './probe.ts'
import { isLocked } from './process-lock.ts'
import { readState } from './state.ts'

export type SandboxStatus =
  | { readonly state: 'stopped'; readonly home: string; readonly log: string }
  /** It lives but does not answer: starting, stopping, or hung. */
  | { readonly state: 'not-answering'; readonly home: string; readonly log: string; readonly pid: number | null }
  | {
      readonly state: 'running'
      readonly home: string
      readonly log: string
      readonly pid: number
      readonly port: number
      readonly endpoint: string
      /** Milliseconds since the epoch. */
      readonly startedAt: number
      readonly nodes: string
      /** Why its nodes are not of the best kind; null where they are. */
      readonly nodesReason: string | null
      readonly machines: number
      /** It runs an older build of muster. */
      readonly outdated: boolean
    }

/** What the sandbox of a folder is doing. Changes nothing. */
export async function sandboxStatus(home: string): Promise<SandboxStatus> {
  const at = { home, log: files.log(home) }
  const healthy = await probe(home)
  if (healthy !== undefined) {
    const { pid, port, startedAt, nodes, nodesReason, machines, build } = healthy
    const endpoint = `http://127.0.0.1:${port}`
    const outdated = build !== buildId()
    return { state: 'running', ...at, pid, port, endpoint, startedAt, nodes, nodesReason, machines, outdated }
  }
  if (existsSync(home) && isLocked(files.daemonLock(home)))
    return { state: 'not-answering', ...at, pid: readState(home)?.pid ?? null }
  return { state: 'stopped', ...at }
}
