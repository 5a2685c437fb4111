import { spawn } from 'node:child_process'
import type { FromShell } from '../../../src/sandbox/agent/messages.ts'
import { shells } from '../../../src/sandbox/agent/shells.ts'
import type { Machine, MachineResult, MachineScript } from '../../../src/sandbox/machines/machine.ts'
import { shellLinks } from '../../../src/sandbox/machines/shell-links.ts'
import type { InstanceDirectory, InstanceSummary } from '../../../src/sandbox/world.ts'

/** Nodes that are no more than this machine's own shell: scripts really run, in process groups of their own. */
export interface ShellNodes {
  readonly directory: InstanceDirectory
  /** Makes nodes `i-…1`, `i-…2` and so on; gives their ids. */
  add(count: number, tags?: Record<string, string>): string[]
  set(instanceId: string, change: { readonly state?: InstanceSummary['state']; readonly connected?: boolean }): void
  /** Kills what still runs. */
  close(): void
}

export function shellNodes(): ShellNodes {
  const nodes = new Map<string, InstanceSummary>()
  const connected = new Set<string>()
  const running = new Map<string, () => void>()
  // The agent's own terminals, without an agent between.
  const agent = shells(
    { root: '' },
    () => ({ PATH: process.env['PATH'] ?? '', HOME: '/tmp' }),
    (message) => terminals.heard(message as FromShell),
  )
  const terminals = shellLinks((message) => void agent.handle(message))
  const machine = (instanceId: string): Machine => ({
    instanceId,
    run: (script) =>
      connected.has(instanceId)
        ? runScript(script, (kill) => running.set(`${instanceId} ${script.id}`, kill))
        : Promise.reject(new Error('no agent')),
    cancel: (id) => running.get(`${instanceId} ${id}`)?.(),
    openShell: async (id, command) => terminals.open(id, command),
    destroy: () => Promise.resolve(),
  })
  return {
    directory: {
      find: (_region, id) => nodes.get(id),
      list: () => [...nodes.values()],
      machine: (_region, id) => (nodes.has(id) ? machine(id) : undefined),
    },
    add(count, tags = {}) {
      return Array.from({ length: count }, () => {
        const instanceId = `i-${String(nodes.size + 1).padStart(17, '0')}`
        const privateIp = `172.31.0.${nodes.size + 1}`
        nodes.set(instanceId, {
          instanceId,
          state: 'running',
          tags: new Map(Object.entries(tags)),
          privateIp,
          hostname: `${instanceId}.ec2.internal`,
          instanceProfile: null,
        })
        connected.add(instanceId)
        return instanceId
      })
    },
    set(instanceId, { state, connected: isConnected }) {
      const node = nodes.get(instanceId)
      if (node && state) nodes.set(instanceId, { ...node, state })
      if (isConnected === true) connected.add(instanceId)
      if (isConnected === false) connected.delete(instanceId)
    },
    close() {
      for (const kill of running.values()) kill()
    },
  }
}

/** SSM's shortest time limit is five seconds: these nodes let pass a fiftieth of it. */
const HASTE = 50

async function runScript(script: MachineScript, started: (kill: () => void) => void): Promise<MachineResult> {
  const { PATH = '' } = process.env
  const child = spawn('/bin/sh', ['-c', script.text], {
    cwd: script.workingDirectory ?? '/',
    env: { PATH, ...script.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL')
  }
  started(kill)
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  let late = false
  const timer = setTimeout(() => {
    late = true
    kill()
  }, script.timeoutMs / HASTE)
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.once('close', (exitCode, killedBy) => resolve([exitCode, killedBy]))
  })
  clearTimeout(timer)
  const ended = late ? 'timed-out' : signal === 'SIGKILL' ? 'cancelled' : 'exited'
  return { ended, exitCode: code ?? 137, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }
}
