import { randomInt } from 'node:crypto'
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '../find-program.ts'
import { homeMark } from '../home-mark.ts'
import type { Machine, Machines, MachineSpec } from '../machine.ts'
import type { MachinesOptions } from '../options.ts'
import { loopbackAddress, nodeSettings } from './node-settings.ts'
import { bootProcessMachine } from './process-machine.ts'

/** Machines that are groups of this user's processes: where namespaces cannot be had. The same jobs run. */
export function createProcessMachines(options: MachinesOptions): Machines {
  const home = realpathSync(options.home)
  const fileSystems = join(home, 'fsx')
  const addresses = join(home, 'nodes', '.addresses')
  mkdirSync(fileSystems, { recursive: true, mode: 0o755 })
  mkdirSync(addresses, { recursive: true, mode: 0o700 })
  const mark = homeMark(home)
  const machines = new Set<Machine>()
  const takePort = portTaker()

  return {
    kind: 'process',
    boot(spec, events) {
      const folder = join(home, 'nodes', spec.instanceId)
      const sshPort = findProgram('sshd') === undefined ? null : takePort()
      const settings = nodeSettings(spec, folder, fileSystems, sshPort)
      const names = [spec.privateIp, spec.hostname, spec.hostname.split('.')[0] ?? spec.hostname]
      tellAddress(addresses, names, spec, sshPort)
      const machine = bootProcessMachine({ mark, folder, addresses, settings }, spec, events)
      machines.add(machine)
      return {
        ...machine,
        async destroy() {
          await machine.destroy()
          for (const name of names) rmSync(join(addresses, name), { force: true })
          machines.delete(machine)
        },
      }
    },
    async close() {
      await Promise.all([...machines].map((machine) => machine.destroy()))
      rmSync(addresses, { recursive: true, force: true })
    },
  }
}

/** Lets other nodes' ssh find this one by the address and the names that EC2 shows. */
function tellAddress(folder: string, names: readonly string[], spec: MachineSpec, sshPort: number | null): void {
  const line = `${loopbackAddress(spec.privateIp)} ${sshPort ?? 22}\n`
  for (const name of names) writeFileSync(join(folder, name), line)
}

/**
 * Ports for sshd, which cannot choose one itself: below those that systems give out by themselves, each once in this
 * sandbox. On Linux every node has an address of its own too, so that somebody else's port is hardly ever in the way.
 */
function portTaker(): () => number {
  const taken = new Set<number>()
  return () => {
    let port = randomInt(20_000, 32_000)
    while (taken.has(port)) port = randomInt(20_000, 32_000)
    taken.add(port)
    return port
  }
}
