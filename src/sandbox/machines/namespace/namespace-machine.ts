import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import type { AgentSettings } from '../../agent/messages.ts'
import { agentLink } from '../agent-link.ts'
import { markVariable } from '../home-mark.ts'
import type { Machine, MachineEvents, MachineSpec } from '../machine.ts'
import { removeFolder } from '../remove-folder.ts'
import { bootScript } from './boot-script.ts'
import type { BootPlan } from './boot-script.ts'
import type { HostFacts } from './host-facts.ts'
import { saveNodeDisk } from './save-node-disk.ts'
import { ownFolders } from './places.ts'

export interface NamespaceBoot {
  readonly mark: string
  readonly plan: BootPlan
  readonly host: HostFacts
  readonly settings: AgentSettings
}

/** Makes the folders that a node's mounts need. */
export function makeNodeFolder(folder: string, host: HostFacts): void {
  for (const name of ['upper', 'work', 'root']) mkdirSync(join(folder, name), { recursive: true, mode: 0o755 })
  for (const index of host.separate.keys()) {
    for (const name of ['upper', 'work']) mkdirSync(join(folder, 'separate', String(index), name), { recursive: true })
  }
  for (const { name, mode } of ownFolders) {
    mkdirSync(join(folder, 'own', name), { recursive: true })
    chmodSync(join(folder, 'own', name), mode)
  }
}

/** Starts the boot script in namespaces of its own. File descriptor 3 becomes the agent's connection to the sandbox. */
export function spawnNamespaces(plan: BootPlan, host: HostFacts, env: Readonly<Record<string, string>>): ChildProcess {
  const words = ['--net', '--mount', '--uts', '--ipc', '--pid', '--fork', '--kill-child', '--', '/bin/sh', '-c']
  return spawn('unshare', [...words, bootScript(plan, host)], {
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
}

/** One node in namespaces: lives as long as its process 1. */
export function bootNamespaceMachine(boot: NamespaceBoot, spec: MachineSpec, events: MachineEvents): Machine {
  const { plan, host, settings, mark } = boot
  makeNodeFolder(plan.folder, host)
  const child = spawnNamespaces(plan, host, {
    [markVariable]: mark,
    MUSTER_AGENT_SETTINGS: JSON.stringify(settings),
  })
  const life = follow(child)
  const link = agentLink(child.stdio[3] as Duplex, spec, {
    ...events,
    lost() {
      const errors = life.errors()
      if (errors !== '') process.stderr.write(`${spec.instanceId}: ${errors}\n`)
      events.lost()
    },
  })
  let destroyed: Promise<void> | undefined
  return {
    instanceId: spec.instanceId,
    run: link.run,
    cancel: link.cancel,
    openShell: link.openShell,
    saveDisk: (to) => saveNodeDisk(plan.folder, to, host),
    destroy() {
      destroyed ??= (async () => {
        link.retire()
        await life.end()
        await removeFolder(plan.folder)
      })()
      return destroyed
    },
  }
}

/**
 * Ending a node is killing its process 1: its number on this machine is the first line that the boot script prints.
 * unshare waits for it, and the kernel lets it end last, so when unshare is gone nothing of the node is left.
 */
export function follow(child: ChildProcess): { errors(): string; end(): Promise<void> } {
  let output = ''
  let errors = ''
  child.stdout?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(0, 4096)))
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(0, 4096)))
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', (error) => {
      errors += error.message
      resolve()
    })
  })
  // Until the script has printed its number, the whole process group is what can be killed.
  const kill = () => {
    const init = /^init (\d+)$/m.exec(output)?.[1]
    try {
      if (child.pid !== undefined) process.kill(init === undefined ? -child.pid : Number(init), 'SIGKILL')
    } catch {
      // It ended by itself meanwhile; `exited` tells.
    }
  }
  return {
    errors: () => errors.trim(),
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return
      kill()
      await exited
    },
  }
}
