import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'

const SCRIPT = new URL('../../../templates/boot/watchdog.sh', import.meta.url).pathname
const RENEW = new URL('../../../templates/node/renew.sh', import.meta.url).pathname

export const uptime = () => Math.floor(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]))

/** The watchdog by itself in a real sh, on a node that is a folder, with a stand-in of shutdown: a new one for every test. */
export function watchdogNode() {
  let folder = ''
  let children: ChildProcess[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-watchdog-'))
    mkdirSync(join(folder, 'bin'))
    mkdirSync(join(folder, 'root/var/lib/muster/jobs'), { recursive: true })
    writeFileSync(join(folder, 'bin/shutdown'), `#!/bin/sh\necho "$*" >>'${folder}/down'\n`, { mode: 0o755 })
  })
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL')
    children = []
    rmSync(folder, { recursive: true, force: true })
  })
  const env = () => ({
    PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
    MUSTER_NODE_ROOT: join(folder, 'root'),
    // Nobody answers there: a metadata service that is away must not keep a node alive.
    AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9',
  })
  const begin = (...words: readonly string[]): ChildProcess => {
    const child = spawn('sh', words, { env: env(), stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    return child
  }
  return {
    folder: () => folder,
    root: () => join(folder, 'root'),
    isDown: () => existsSync(join(folder, 'down')),
    /** A file of the watchdog's that a restart of the node clears. */
    run: (name: string) => join(folder, 'root/run/muster', name),
    /** Starts it; `changes` are numbers at its top to be others. */
    start: (leaseS: number, idleS = 0, maxLifeS = 0, changes: Readonly<Record<string, number>> = {}): ChildProcess => {
      const text = Object.entries(changes).reduce(
        (script, [name, value]) => script.replace(new RegExp(`^${name}=\\d+$`, 'm'), `${name}=${value}`),
        readFileSync(SCRIPT, 'utf8'),
      )
      writeFileSync(join(folder, 'watchdog.sh'), text)
      const child = begin(join(folder, 'watchdog.sh'), String(leaseS), String(idleS), String(maxLifeS))
      child.stdout?.resume()
      return child
    },
    /** What a renewal prints. */
    renew: async (holdS: number | 'lease' = 0, use: 'yes' | 'no' = 'no', end = 'none'): Promise<string> => {
      const child = begin(RENEW, String(holdS), use, end)
      let text = ''
      child.stdout?.on('data', (bytes: Buffer) => (text += bytes.toString()))
      await new Promise((resolve) => child.once('close', resolve))
      return text.trim()
    },
    /**
     * A job whose runner is a process of ours: what counts is that it lives and is called run-job. It writes `heard` when it is told.
     * One that is only `staged` has not been told to go.
     */
    runner: (id: string, settings: string, heard = 'exit 0', staged = false): ChildProcess => {
      const job = join(folder, 'root/var/lib/muster/jobs', id)
      mkdirSync(join(job, 'bundle'), { recursive: true })
      mkdirSync(join(job, 'control'))
      if (!staged) writeFileSync(join(job, 'control/go'), '')
      writeFileSync(join(job, 'bundle/settings'), settings)
      const text = `cd '${job}'; trap '${heard}' USR1; : >awake; while :; do sleep 0.1; done`
      const child = begin('-c', text, 'run-job.sh', id)
      writeFileSync(join(job, 'runner.pid'), `${child.pid}\n`)
      return child
    },
  }
}
