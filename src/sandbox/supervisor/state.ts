import { readFileSync, rmSync } from 'node:fs'
import { files } from './files.ts'
import { writeWhole } from './write-whole.ts'

/** What a daemon says of itself in state.json. True only while the daemon's lock is held. */
export interface DaemonState {
  readonly pid: number
  /** Null until it listens. */
  readonly port: number | null
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** Kind of its machines; null until it has them. */
  readonly nodes: string | null
}

/** Undefined where there is none, or it cannot be read: then it is as good as gone. */
export function readState(home: string): DaemonState | undefined {
  try {
    const state = JSON.parse(readFileSync(files.state(home), 'utf8')) as DaemonState
    return Number.isInteger(state.pid) && state.pid > 1 ? state : undefined
  } catch {
    return undefined
  }
}

export function writeState(home: string, state: DaemonState): void {
  writeWhole(files.state(home), `${JSON.stringify(state)}\n`)
}

export function removeState(home: string): void {
  rmSync(files.state(home), { force: true })
}

export function readPort(home: string): number {
  try {
    const port = Number(readFileSync(files.port(home), 'utf8'))
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0
  } catch {
    return 0
  }
}

export function writePort(home: string, port: number): void {
  writeWhole(files.port(home), `${port}\n`)
}
