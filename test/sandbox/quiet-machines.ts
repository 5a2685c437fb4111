import type { MachineScript, MachineResult, Machines } from '../../src/sandbox/machines/machine.ts'

/** Machines without processes, for tests of services: every node comes online at once, and scripts end as `run` says. */
export function quietMachines(
  run: (script: MachineScript, instanceId: string) => Promise<MachineResult> | MachineResult = () => ({
    ended: 'exited',
    exitCode: 0,
    stdout: '',
    stderr: '',
  }),
): Machines {
  return {
    kind: 'simulated',
    boot: (spec, events) => {
      setImmediate(() => {
        events.online()
        events.userDataEnded(0, '')
      })
      return {
        instanceId: spec.instanceId,
        run: async (script) => run(script, spec.instanceId),
        cancel: () => {},
        destroy: async () => {},
      }
    },
    close: async () => {},
  }
}
