import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Duplex } from 'node:stream'
import { shellCommand, shellQuote } from '../../../kit/shell-quote.ts'
import { endProcesses, processesOfNode } from '../../agent/processes.ts'
import { agentLink } from '../agent-link.ts'
import { agentEnding, agentFolder } from '../agent-program.ts'
import { efaFiles } from '../efa-files.ts'
import { findProgram } from '../find-program.ts'
import { markVariable } from '../home-mark.ts'
import type { Machine, MachineEvents, MachineSpec } from '../machine.ts'
import { removeFolder } from '../remove-folder.ts'
import { restoreRoot, saveRoot } from './disk.ts'
import type { NodeSettings } from './node-settings.ts'
import { standIns } from './stand-ins.ts'

export interface ProcessBoot {
  readonly mark: string
  readonly folder: string
  /** Where a file for each node says how its sshd is reached. */
  readonly addresses: string
  readonly settings: NodeSettings
}

/** One node as a group of processes of this user: its root is a folder, and only its variables tell it from others. */
export function bootProcessMachine(boot: ProcessBoot, spec: MachineSpec, events: MachineEvents): Machine {
  const { folder, settings } = boot
  const { root } = settings.agent
  writeNodeFiles(boot, spec)
  const env = { ...settings.agent.env, [markVariable]: boot.mark }
  const log = openSync(join(root, 'var/log/agent.log'), 'a')
  const agent = spawn(process.execPath, [program('main')], {
    cwd: root,
    env: { ...env, MUSTER_AGENT_SETTINGS: JSON.stringify(settings.agent) },
    detached: true,
    stdio: ['ignore', 'ignore', log, 'pipe'],
  })
  closeSync(log)
  // A child of the sandbox and no daemon: somebody must collect it when it has ended.
  const sshd = spawn('/bin/sh', ['-c', startSshd(settings)], { cwd: root, env, detached: true, stdio: 'ignore' })
  const exited = Promise.all([ended(agent), ended(sshd)])
  const endAll = async () => {
    await endProcesses(processesOfNode(root))
    await exited
  }
  const link = agentLink(agent.stdio[3] as Duplex, spec, {
    ...events,
    lost() {
      // A node without its agent is dead: what it left must not go on as if it were alive.
      endAll().catch(() => {})
      events.lost()
    },
  })
  let destroyed: Promise<void> | undefined
  return {
    instanceId: spec.instanceId,
    run: link.run,
    cancel: link.cancel,
    openShell: link.openShell,
    saveDisk: (to) => saveRoot(root, to),
    destroy() {
      destroyed ??= (async () => {
        link.retire()
        await endAll()
        rmSync(settings.agent.requests, { force: true })
        await removeFolder(folder)
      })()
      return destroyed
    },
  }
}

function writeNodeFiles({ addresses, settings }: ProcessBoot, { efaInterfaces, disk = null }: MachineSpec): void {
  const { root, requests } = settings.agent
  restoreRoot(disk, root)
  const folders = ['etc/ssh', 'run', 'root', 'tmp', 'home/muster/.ssh', 'var/log', 'var/lib', 'opt']
  for (const name of folders) mkdirSync(join(root, name), { recursive: true, mode: 0o700 })
  mkdirSync(settings.shims, { recursive: true, mode: 0o700 })
  writeFileSync(join(root, 'etc/ssh/sshd_config'), settings.sshdConfig)
  for (const { path, text, executable } of efaFiles(efaInterfaces)) {
    mkdirSync(dirname(join(root, path)), { recursive: true, mode: 0o755 })
    writeFileSync(join(root, path), text, { mode: executable ? 0o755 : 0o644 })
  }
  const places = {
    ask: [process.execPath, program('ask'), requests],
    connect: [process.execPath, program('connect'), addresses],
    ssh: findProgram('ssh') ?? '/usr/bin/ssh',
  }
  for (const { name, text } of standIns(places)) writeFileSync(join(settings.shims, name), text, { mode: 0o755 })
}

/** Makes the node's own host key, then becomes its sshd; nothing where none is installed. */
function startSshd(settings: NodeSettings): string {
  const { root, sshdPidFile, instanceId } = settings.agent
  const sshd = findProgram('sshd')
  if (sshdPidFile === null || sshd === undefined) return ':'
  const key = shellQuote(`${root}/etc/ssh/ssh_host_ed25519_key`)
  const privileged = process.getuid?.() === 0 ? 'mkdir -p /run/sshd\n' : ''
  return `${privileged}ssh-keygen -q -t ed25519 -N '' -C ${shellQuote(instanceId)} -f ${key}
exec ${shellCommand([sshd, '-D', '-f', `${root}/etc/ssh/sshd_config`, '-E', `${root}/var/log/sshd.log`])}
`
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
}

function program(name: string): string {
  return join(agentFolder, `${name}${agentEnding}`)
}
