import { MusterError } from '../core/errors/muster-error.ts'
import { sandboxHome, sandboxSupervisor } from './compose.ts'

type Supervisor = Awaited<ReturnType<typeof sandboxSupervisor>>
export type SandboxFaults = Awaited<ReturnType<Supervisor['listSandboxFaults']>>

/** The faults of the running sandbox: they live in it and end with it. Throws SandboxNotRunning. */
export async function sandboxFaults(env: NodeJS.ProcessEnv) {
  const home = sandboxHome(env)
  const supervisor = await sandboxSupervisor()
  if ((await supervisor.sandboxStatus(home)).state !== 'running') {
    throw new MusterError('SandboxNotRunning', `no sandbox runs in ${home}`)
  }
  return {
    list: () => supervisor.listSandboxFaults(home),
    clear: () => supervisor.clearSandboxFaults(home),
    /** Throws UsageInvalid, in the sandbox's words, where it is no fault. */
    add: async (given: unknown): Promise<SandboxFaults> => {
      const fault = supervisor.parseFault(given)
      if (typeof fault !== 'string') return supervisor.addSandboxFault(home, fault)
      throw new MusterError('UsageInvalid', fault, { suggestions: ['muster sandbox fault add --help'] })
    },
  }
}

/** One line a fault, as it would be typed. */
export function faultLines(faults: SandboxFaults): string[] {
  if (faults.length === 0) return ['no faults are scripted']
  return faults.map(({ kind, ...settings }) =>
    [kind, ...Object.entries(settings).map(([key, value]) => `${key}=${String(value)}`)].join(' '),
  )
}
