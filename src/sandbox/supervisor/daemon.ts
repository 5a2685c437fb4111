import { realpathSync } from 'node:fs'
import { redact } from '../../kit/redact.ts'
import { createMachines } from '../machines/create.ts'
import { simulationFrom } from '../machines/simulated/simulation-file.ts'
import { openSandbox, type OpenSandbox } from '../open.ts'
import { ratesFrom } from '../rates/rates.ts'
import { createEc2 } from '../services/ec2/service.ts'
import { createFsx } from '../services/fsx/service.ts'
import { createIam } from '../services/iam/service.ts'
import { createPricing } from '../services/pricing/service.ts'
import { createS3 } from '../services/s3/service.ts'
import { createServiceQuotas } from '../services/service-quotas/service.ts'
import { createSsm } from '../services/ssm/service.ts'
import { createSts } from '../services/sts/service.ts'
import { buildId } from './build-id.ts'
import { removeLeftovers } from './end-daemon.ts'
import { files } from './files.ts'
import { stopWhenIdle } from './idle.ts'
import { sandboxMark } from './mark.ts'
import { lockWithin } from './process-lock.ts'
import type { NodesKind } from './start.ts'
import { readPort, removeState, writePort, writeState } from './state.ts'
import { keepUserKey } from './user-key.ts'

/** Longest that stopping may take before the process ends all the same; the next start removes what is left. */
const STOP_MS = 15_000

/**
 * The life of a sandbox's process: takes the folder's lock, removes what a killed one left, opens the sandbox, tells where it
 * is, and stops gracefully on SIGTERM, SIGINT, a request to stop, or when nobody uses it.
 */
export async function runDaemon(givenHome: string, kind: NodesKind): Promise<void> {
  const home = realpathSync(givenHome)
  // A prober holds the lock for a moment.
  const lock = await lockWithin(files.daemonLock(home), 2_000)
  if (lock === undefined) throw new Error(`another sandbox runs in ${home}`)
  const startedAt = Date.now()
  const state = { pid: process.pid, startedAt, port: null, nodes: null }
  writeState(home, state)
  const stop = stopper(home)
  const { simulation, pace } = simulationFrom(process.env)
  await removeLeftovers(home)
  const open = await openSandbox({
    home,
    port: readPort(home),
    user: keepUserKey(home),
    machines: (at) => createMachines({ kind, home, simulation, ...at }),
    services: [
      createIam,
      (world) => createServiceQuotas(world),
      createEc2,
      createSsm,
      createFsx,
      createS3,
      createSts,
      createPricing,
    ],
    pace,
    rates: ratesFrom(process.env, Date.now),
    health: { mark: sandboxMark(home), build: buildId() },
    onBug: (error, operation) => log(`bug in ${operation}: ${error instanceof Error ? error.stack : String(error)}`),
    onStop: () => stop.now('asked to'),
  })
  const { port, machines } = open.world
  writePort(home, port)
  writeState(home, { ...state, port, nodes: machines.kind })
  log(`listens on 127.0.0.1:${port} with ${machines.kind} nodes`)
  stopWhenIdle(open.use, process.env, () => stop.now('nobody used it'))
  stop.opened(open)
}

/** Stops once, whoever asks; a request that comes before the sandbox is open waits for that. */
function stopper(home: string) {
  let open: OpenSandbox | undefined
  let reason: string | undefined
  const end = async (sandbox: OpenSandbox): Promise<void> => {
    log(`stops: ${reason}`)
    setTimeout(() => leave(home, 'could not stop everything in time', 1), STOP_MS).unref()
    await sandbox.close().catch((error: unknown) => log(`while stopping: ${String(error)}`))
    leave(home, 'stopped', 0)
  }
  const now = (why: string): void => {
    if (reason !== undefined) return
    reason = why
    if (open !== undefined) void end(open)
  }
  process.on('SIGTERM', () => now('SIGTERM'))
  process.on('SIGINT', () => now('SIGINT'))
  process.on('SIGHUP', () => {})
  process.on('uncaughtException', (error) => log(`uncaught: ${error.stack ?? error.message}`))
  return {
    now,
    opened: (sandbox: OpenSandbox): void => {
      open = sandbox
      if (reason !== undefined) void end(sandbox)
    },
  }
}

/** The lock goes with the process. */
function leave(home: string, word: string, exitCode: number): never {
  log(word)
  if (exitCode === 0) removeState(home)
  process.exit(exitCode)
}

function log(text: string): void {
  console.error(`${new Date().toISOString()} ${redact(text)}`)
}
