import type { MachineEvents, Machines, MachineSpec } from '../../../src/sandbox/machines/machine.ts'

export interface ScriptedMachine {
  readonly spec: MachineSpec
  readonly events: MachineEvents
  destroyed: boolean
}

/** Machines that do nothing by themselves: a test reads what each was told and raises its events. */
export interface ScriptedMachines extends Machines {
  readonly booted: readonly ScriptedMachine[]
  /** The latest machine of the instance. */
  of(instanceId: string): ScriptedMachine
}

export function scriptedMachines(): ScriptedMachines {
  const booted: ScriptedMachine[] = []
  return {
    kind: 'simulated',
    booted,
    of(instanceId) {
      const machine = booted.findLast(({ spec }) => spec.instanceId === instanceId)
      if (machine === undefined) throw new Error(`${instanceId} was never booted`)
      return machine
    },
    boot(spec, events) {
      const machine: ScriptedMachine = { spec, events, destroyed: false }
      booted.push(machine)
      return {
        instanceId: spec.instanceId,
        run: () => Promise.reject(new Error('scripted machines run nothing')),
        cancel: () => {},
        destroy: async () => {
          machine.destroyed = true
        },
      }
    },
    close: async () => {},
  }
}
