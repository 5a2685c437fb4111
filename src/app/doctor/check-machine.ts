import type { LocalMachine } from '../../ports/machine.ts'
import { fail, ok, warn, type Check } from './check.ts'

/** Below this a job's log or results soon find no room. */
const LEAST_BYTES = 1e9

/** The Node that runs muster. */
export function checkNode(machine: LocalMachine): Check {
  const name = 'Node'
  return {
    name,
    run: async () => {
      const { version, least, fits } = await machine.node()
      return fits ? ok(name, version) : fail(name, `${version}; muster needs ${least} or newer`, 'npm ci')
    },
  }
}

/** muster's folder: journal, locks, prices, the sandbox. */
export function checkHome(machine: LocalMachine): Check {
  const name = 'MUSTER_HOME'
  return {
    name,
    run: async () => {
      const { path, writable, freeBytes } = await machine.home()
      const free = `${path}, ${(freeBytes / 1e9).toFixed(1)} GB free`
      if (!writable) return fail(name, `${path} cannot be written`, 'export MUSTER_HOME=~/.muster')
      return freeBytes < LEAST_BYTES ? warn(name, free, `df -h ${path}`) : ok(name, free)
    },
  }
}

/** What sandbox nodes can be on this machine. */
export function checkSandbox(machine: LocalMachine): Check {
  const name = 'sandbox'
  return {
    name,
    run: async () => {
      const { kind, reason, missing } = await machine.sandbox()
      const essential = missing.filter((one) => one.essential)
      const packages = [...new Set(missing.map((one) => one.package))].join(' ')
      const lacking = missing.map((one) => `${one.program} (${one.neededFor})`).join(', ')
      const install = `apt-get install --yes ${packages}`
      if (essential.length > 0) return fail(name, `${kind} nodes lack ${lacking}`, install)
      if (missing.length > 0) return warn(name, `${kind} nodes; missing: ${lacking}`, install)
      if (reason !== null) return warn(name, `${kind} nodes: ${reason}`, null)
      return ok(name, `${kind} nodes, Open MPI and all that they need`)
    },
  }
}
