import type { Machine, MachineEvents, MachineResult, Machines, MachineScript, MachineSpec } from '../machine.ts'

/** How simulated nodes behave. Timers are handed in, so that a test may run them on its own clock. */
export interface Simulation {
  /** Milliseconds from boot until the agent is online; null never comes online. */
  readonly onlineMs: (spec: MachineSpec) => number | null
  /** What a script ends with, and after how long. */
  readonly answer: (script: MachineScript, spec: MachineSpec) => SimulatedAnswer
  /** Calls back once after `ms`; the returned function takes it back. */
  readonly after: (ms: number, callback: () => void) => () => void
}

export interface SimulatedAnswer {
  readonly afterMs: number
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

const plainSimulation: Simulation = {
  onlineMs: () => 50,
  answer: () => ({ afterMs: 5, exitCode: 0, stdout: '', stderr: '' }),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/** Machines without a process: they come online after a while and answer every script as they are told to. */
export function createSimulatedMachines(given: Partial<Simulation> = {}): Machines {
  const simulation = { ...plainSimulation, ...given }
  const machines = new Set<Machine>()
  return {
    kind: 'simulated',
    boot(spec, events) {
      const machine = simulatedMachine(simulation, spec, events, () => machines.delete(machine))
      machines.add(machine)
      return machine
    },
    async close() {
      await Promise.all([...machines].map((machine) => machine.destroy()))
    },
  }
}

function simulatedMachine(simulation: Simulation, spec: MachineSpec, events: MachineEvents, gone: () => void): Machine {
  const running = new Map<string, (result: MachineResult) => void>()
  let online = false
  const onlineMs = simulation.onlineMs(spec)
  const cancelBoot =
    onlineMs === null
      ? () => {}
      : simulation.after(onlineMs, () => {
          online = true
          events.online()
          if (spec.userData !== null) events.userDataEnded(0, '')
        })
  const end = (id: string, ended: 'cancelled' | 'lost', exitCode: number) =>
    running.get(id)?.({ ended, exitCode, stdout: '', stderr: '' })
  return {
    instanceId: spec.instanceId,
    run(script) {
      if (!online) return Promise.reject(new Error(`no agent is connected on ${spec.instanceId}`))
      return new Promise((resolve) => {
        const { afterMs, ...answer } = simulation.answer(script, spec)
        const inTime = afterMs <= script.timeoutMs
        const takeBack = simulation.after(Math.min(afterMs, script.timeoutMs), () =>
          finish(inTime ? { ended: 'exited', ...answer } : { ...answer, ended: 'timed-out', exitCode: 137 }),
        )
        const finish = (result: MachineResult) => {
          takeBack()
          running.delete(script.id)
          resolve(result)
        }
        running.set(script.id, finish)
      })
    },
    cancel: (id) => end(id, 'cancelled', 137),
    destroy() {
      cancelBoot()
      online = false
      for (const id of running.keys()) end(id, 'lost', -1)
      gone()
      return Promise.resolve()
    },
  }
}
