import { mkdirSync, realpathSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { agentEnding, agentFolder } from '../agent-program.ts'
import { homeMark } from '../home-mark.ts'
import type { Machine, Machines, MachineSpec } from '../machine.ts'
import type { MachinesOptions } from '../options.ts'
import type { BootPlan } from './boot-script.ts'
import { hostFacts } from './host-facts.ts'
import { initScript } from './init-script.ts'
import { bootNamespaceMachine } from './namespace-machine.ts'
import { domainOf, nodeFiles } from './node-files.ts'
import { metadataAddress, nameServerAddress, places } from './places.ts'
import { startSwitch } from './switch.ts'
import { tryNamespaces } from './try-namespaces.ts'

/**
 * Machines in Linux namespaces. Rejects, having left nothing behind, where this machine cannot do it; the error says why.
 */
export async function createNamespaceMachines(options: MachinesOptions): Promise<Machines> {
  const home = realpathSync(options.home)
  const fileSystems = join(home, 'fsx')
  mkdirSync(fileSystems, { recursive: true, mode: 0o755 })
  const mark = homeMark(home)
  const host = hostFacts()
  const node = realpathSync(process.execPath)
  const network = await startSwitch(mark)
  const machines = new Set<Machine>()
  let booted = 0

  const planFor = (spec: MachineSpec): BootPlan => ({
    spec,
    folder: join(home, 'nodes', spec.instanceId),
    home,
    fileSystems,
    apiSocket: existsSync(options.apiSocket) ? realpathSync(options.apiSocket) : null,
    switchPid: network.pid,
    port: `p${(booted += 1)}`,
    node,
    agentFolder: realpathSync(agentFolder),
    disk: spec.disk ?? null,
    files: nodeFiles(spec, agentEnding),
    init: initScript(agentEnding),
  })

  try {
    await tryNamespaces(planFor, host, mark)
  } catch (error) {
    await network.close()
    throw error
  }
  return {
    kind: 'namespace',
    boot(spec, events) {
      const plan = planFor(spec)
      const machine = bootNamespaceMachine(
        { mark, plan, host, settings: settingsFor(spec, options.port, fileSystems, plan) },
        spec,
        events,
      )
      machines.add(machine)
      return {
        ...machine,
        async destroy() {
          await machine.destroy()
          machines.delete(machine)
        },
      }
    },
    async close() {
      await Promise.all([...machines].map((machine) => machine.destroy()))
      await network.close()
    },
  }
}

function settingsFor(spec: MachineSpec, port: number, fileSystems: string, plan: BootPlan) {
  return {
    instanceId: spec.instanceId,
    region: spec.region,
    root: '',
    metadata: { host: metadataAddress, port: 80 },
    names: { host: nameServerAddress, domain: domainOf(spec.hostname) },
    forward: plan.apiSocket === null ? null : { port, socket: places.api },
    requests: places.requests,
    sshdPidFile: places.sshdPidFile,
    fileSystems: { from: fileSystems, to: places.fileSystems },
    mounts: 'bind',
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' },
    cwd: '/usr/bin',
  } as const
}
