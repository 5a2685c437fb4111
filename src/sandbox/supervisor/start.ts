import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sleep } from '../../kit/sleep.ts'
import type { UserKey } from '../credentials-create.ts'
import { buildId } from './build-id.ts'
import { daemonEnvironment } from './daemon-environment.ts'
import { endDaemon } from './end-daemon.ts'
import { files } from './files.ts'
import { logTail, openLog } from './log-tail.ts'
import { probe, type Healthy } from './probe.ts'
import { isLocked, lockWithin } from './process-lock.ts'
import { SandboxError } from './sandbox-error.ts'
import { readUserKey } from './user-key.ts'

export interface StartOptions {
  /** The sandbox's own folder: `<MUSTER_HOME>/sandbox`. */
  readonly home: string
  /** `auto`, the default, takes the best kind that works here. MUSTER_SANDBOX_NODES in `env` says it too. */
  readonly nodes?: NodesKind
  readonly env?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
}

export type NodesKind = 'auto' | 'namespace' | 'process' | 'simulated'

export interface StartedSandbox {
  readonly port: number
  readonly pid: number
  /** Kind of its machines, and why they are not of the best kind (null where they are). */
  readonly nodes: string
  readonly nodesReason: string | null
  /** False where it ran already. */
  readonly started: boolean
  /** It runs an older build of muster, and was kept because it has instances. */
  readonly outdated: boolean
  /** How long it took, in milliseconds. */
  readonly ms: number
  readonly credentials: UserKey
}

const CHANGE_MS = 60_000
const HEALTHY_MS = 30_000

/**
 * Finds the running sandbox of a folder or starts one, in the background, and waits until it answers. Any number of callers
 * may try at once: one starts it, all get it. What a killed sandbox left is removed first. Throws SandboxError.
 */
export async function startSandbox(options: StartOptions): Promise<StartedSandbox> {
  const { home, signal } = options
  const began = Date.now()
  const build = buildId()
  const kind = options.nodes ?? kindOf(options.env ?? process.env)
  const running = await probe(home)
  if (running !== undefined && isKept(home, running, build, kind))
    return describe(home, running, { started: false, build, began })
  makeHome(home)
  const lock = await lockWithin(files.changeLock(home), CHANGE_MS)
  if (lock === undefined)
    throw new SandboxError(`another process has been changing the sandbox in ${home} for a minute`, files.log(home))
  try {
    const found = await settled(home)
    if (found !== undefined && isKept(home, found, build, kind))
      return describe(home, found, { started: false, build, began })
    await endDaemon(home)
    const healthy = await launch(options, kind, signal)
    return describe(home, healthy, { started: true, build, began })
  } finally {
    lock.release()
  }
}

function makeHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new SandboxError(`the sandbox's folder ${home} cannot be made: ${why}`, files.log(home), error)
  }
}

/** The healthy daemon; one that lives but does not answer yet gets some seconds. */
async function settled(home: string): Promise<Healthy | undefined> {
  const deadline = Date.now() + 5_000
  for (;;) {
    const healthy = await probe(home)
    if (healthy !== undefined || !isLocked(files.daemonLock(home)) || Date.now() > deadline) return healthy
    await sleep(50)
  }
}

/**
 * Whether a running sandbox will do: one with instances always, one without only if it is of this build and has the nodes that
 * are asked for. Throws SandboxError where it has instances on nodes of another kind.
 */
function isKept(home: string, running: Healthy, build: string, kind: string): boolean {
  const sameKind = kind === 'auto' || kind === running.nodes
  if (running.machines === 0) return sameKind && running.build === build
  if (sameKind) return true
  throw new SandboxError(
    `the sandbox has ${running.machines} instances on ${running.nodes} nodes, so it cannot change to ${kind} nodes; end them first with: muster sandbox stop`,
    files.log(home),
  )
}

function kindOf(env: NodeJS.ProcessEnv): string {
  return env['MUSTER_SANDBOX_NODES'] || 'auto'
}

async function launch(
  { home, env = process.env }: StartOptions,
  kind: string,
  signal: AbortSignal | undefined,
): Promise<Healthy> {
  const main = new URL(import.meta.url.endsWith('.ts') ? '../main.ts' : '../main.js', import.meta.url)
  const { file, size } = openLog(home)
  const words = [fileURLToPath(main), '--home', home, '--nodes', kind]
  // Its own session, and no folder or stream of ours: it outlives this process and its terminal.
  const child = spawn(process.execPath, words, {
    detached: true,
    cwd: '/',
    stdio: ['ignore', file, file],
    env: daemonEnvironment(env),
  })
  closeSync(file)
  child.unref()
  return untilHealthy(home, child, size, signal)
}

async function untilHealthy(
  home: string,
  child: ChildProcess,
  logSize: number,
  signal?: AbortSignal,
): Promise<Healthy> {
  let failure: string | undefined
  child.once('error', (error) => {
    failure = error.message
  })
  child.once('exit', (code, by) => {
    failure = by === null ? `it ended with exit code ${code}` : `it was ended by ${by}`
  })
  const deadline = Date.now() + HEALTHY_MS
  for (;;) {
    const healthy = await probe(home)
    if (healthy !== undefined && healthy.pid === child.pid) return healthy
    if (Date.now() > deadline) {
      child.kill('SIGKILL')
      failure = `it did not answer within ${HEALTHY_MS / 1000} s`
    }
    if (failure !== undefined) {
      const tail = logTail(home, logSize)
      throw new SandboxError(`the sandbox did not start: ${failure}${tail === '' ? '' : `\n${tail}`}`, files.log(home))
    }
    await sleep(20, signal)
  }
}

function describe(
  home: string,
  healthy: Healthy,
  { started, build, began }: { readonly started: boolean; readonly build: string; readonly began: number },
): StartedSandbox {
  const credentials = readUserKey(home)
  if (credentials === undefined)
    throw new SandboxError(`${files.credentials(home)} is missing or damaged though the sandbox runs`, files.log(home))
  const { port, pid, nodes, nodesReason } = healthy
  return {
    port,
    pid,
    nodes,
    nodesReason,
    started,
    outdated: !started && healthy.build !== build,
    ms: Date.now() - began,
    credentials,
  }
}
