import { describe, expect, it } from 'vitest'
import type { MachineScript, MachineSpec } from '../../../../src/sandbox/machines/machine.ts'
import { createSimulatedMachines } from '../../../../src/sandbox/machines/simulated/simulated-machines.ts'
import type { Simulation } from '../../../../src/sandbox/machines/simulated/simulated-machines.ts'

/** Time that only moves when told to. */
function handTime() {
  let now = 0
  const timers = new Map<object, { readonly at: number; readonly callback: () => void }>()
  const after: Simulation['after'] = (ms, callback) => {
    const key = {}
    timers.set(key, { at: now + ms, callback })
    return () => void timers.delete(key)
  }
  const advance = (ms: number) => {
    now += ms
    for (const [key, timer] of timers) {
      if (timer.at > now) continue
      timers.delete(key)
      timer.callback()
    }
  }
  return { after, advance, pending: () => timers.size }
}

const spec = (instanceId: string): MachineSpec => ({
  instanceId,
  region: 'us-east-1',
  hostname: 'h',
  privateIp: '172.31.0.4',
  prefixLength: 16,
  network: 'vpc-1',
  efaInterfaces: 0,
  userData: null,
  metadata: () => undefined,
  mount: () => ({ refusal: '' }),
})
const script: MachineScript = { id: 's', text: 'true', workingDirectory: null, env: {}, timeoutMs: 1000 }

function boot(simulation: Partial<Simulation>) {
  const time = handTime()
  const machines = createSimulatedMachines({ after: time.after, ...simulation })
  const told: string[] = []
  const tell = (event: string) => () => void told.push(event)
  const events = {
    online: tell('online'),
    lost: tell('lost'),
    poweroff: tell('poweroff'),
    userDataEnded: tell('user data'),
  }
  return { time, machines, told, machine: machines.boot(spec('i-1'), events), events }
}

describe('simulated machines', () => {
  it('come online after their time, and answer as told', async () => {
    const { time, machine, told } = boot({
      onlineMs: () => 500,
      answer: ({ text }) => ({ afterMs: 10, exitCode: 3, stdout: text, stderr: '' }),
    })
    await expect(machine.run(script)).rejects.toThrow('no agent')
    time.advance(499)
    expect(told).toEqual([])
    time.advance(1)
    expect(told).toEqual(['online'])
    const result = machine.run(script)
    time.advance(10)
    expect(await result).toEqual({ ended: 'exited', exitCode: 3, stdout: 'true', stderr: '' })
  })

  it('time out, are cancelled, and are lost with their machine', async () => {
    const { time, machine } = boot({ answer: () => ({ afterMs: 5000, exitCode: 0, stdout: '', stderr: '' }) })
    time.advance(50)
    const late = machine.run(script)
    time.advance(1000)
    expect(await late).toMatchObject({ ended: 'timed-out', exitCode: 137 })
    const cancelled = machine.run({ ...script, id: 'c' })
    machine.cancel('c')
    expect(await cancelled).toMatchObject({ ended: 'cancelled', exitCode: 137 })
    const lost = machine.run({ ...script, id: 'l' })
    await machine.destroy()
    expect(await lost).toMatchObject({ ended: 'lost', exitCode: -1 })
    expect(time.pending()).toBe(0)
  })

  it('never come online where they are mute, and a thousand end together', async () => {
    const { time, machines, told, events } = boot({ onlineMs: ({ instanceId }) => (instanceId === 'i-1' ? null : 10) })
    for (let number = 2; number <= 1000; number += 1) machines.boot(spec(`i-${number}`), events)
    time.advance(10)
    expect(told.length).toBe(999)
    await machines.close()
    expect(time.pending()).toBe(0)
  })
})
