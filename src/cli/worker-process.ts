import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { CONTROLLER } from '../app/queue/submit.ts'
import { MusterError } from '../core/errors/muster-error.ts'
import type { Services } from '../app/services.ts'

type QueueServices = Pick<Services, 'queue' | 'clock'>

/** The first start may have to install what nodes need: after so long it is left to go on by itself, in milliseconds. */
const START_MS = 60_000
const STOP_MS = 60_000
const POLL_MS = 100

export const workLog = (home: string) => join(home, 'queue', 'work.log')

/** Who leads the queue, as `host/pid`; null where nobody does. */
export async function workerOf({ queue, clock }: QueueServices): Promise<string | null> {
  return (await queue.holder(CONTROLLER, clock.now()))?.holder ?? null
}

/**
 * Starts muster again with these words, in a session of its own that outlives the terminal, and waits until it leads the queue.
 * Resolves with its process id.
 *
 * @throws MusterError CloudUnreachable where it ended instead, with the end of its log.
 */
export async function startDetached(
  words: readonly string[],
  home: string,
  services: QueueServices,
): Promise<{ readonly pid: number; readonly leads: boolean }> {
  mkdirSync(join(home, 'queue'), { recursive: true })
  const log = openSync(workLog(home), 'a', 0o600)
  const env = { ...process.env, MUSTER_HOME: home }
  const child = spawn(process.execPath, [process.argv[1]!, ...words], {
    detached: true,
    stdio: ['ignore', log, log],
    env,
  })
  closeSync(log)
  const { promise: ended, resolve, reject } = Promise.withResolvers<number | null>()
  child.once('error', reject).once('exit', resolve)
  const holder = `${hostname()}/${child.pid}`
  const began = services.clock.now()
  while (services.clock.now() - began < START_MS) {
    if ((await workerOf(services)) === holder) break
    const over = await Promise.race([ended.then((code) => ({ code })), services.clock.sleep(POLL_MS)])
    // One that had nothing to do has ended well by now.
    if (over && over.code !== 0) throw await notStarted(over.code, home)
    if (over) break
  }
  child.unref()
  return { pid: child.pid ?? 0, leads: (await workerOf(services)) === holder }
}

async function notStarted(code: number | null, home: string): Promise<MusterError> {
  const lines = (await readFile(workLog(home), 'utf8').catch(() => '')).trim().split('\n').slice(-3)
  const message = `whoever was to work the queue ended at once, with exit code ${code ?? 'none'}: ${lines.join(' | ')}`
  return new MusterError('CloudUnreachable', message, { suggestions: [`cat ${workLog(home)}`, 'muster work'] })
}

/**
 * Asks whoever leads the queue to stop, and waits until it has. Tasks and fleets are left as they are. Resolves with who it was, or null
 * where nobody leads. The lease is at most a minute old, so its process id is of no other program.
 *
 * @throws MusterError LeaseLost where it is on another machine, or does not end.
 */
export async function stopWorker(services: QueueServices): Promise<string | null> {
  const holder = await workerOf(services)
  if (holder === null) return null
  const [host = '', pid = ''] = holder.split('/')
  if (host !== hostname()) {
    throw new MusterError('LeaseLost', `the queue is worked by process ${pid} on ${host}, and not on this machine`, {
      suggestions: [`on ${host}: muster work --stop`],
    })
  }
  try {
    // 0 would be our own process group.
    if (/^[1-9]\d*$/.test(pid)) process.kill(Number(pid), 'SIGTERM')
  } catch {
    // It has ended, and its lease runs out.
  }
  const began = services.clock.now()
  while ((await workerOf(services)) === holder) {
    if (services.clock.now() - began > STOP_MS) {
      const message = `process ${pid} has not ended within a minute: a teardown that it is at is finished first`
      throw new MusterError('LeaseLost', message, { suggestions: ['muster status', `kill -9 ${pid}`] })
    }
    await services.clock.sleep(POLL_MS)
  }
  return holder
}
