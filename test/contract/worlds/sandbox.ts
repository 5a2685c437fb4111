import { connectAws } from '../../../src/aws/connect.ts'
import { sleep } from '../../../src/kit/sleep.ts'
import type { Machine, MachineEvents, MachineResult, Machines } from '../../../src/sandbox/machines/machine.ts'
import { createEc2 } from '../../../src/sandbox/services/ec2/service.ts'
import { createFsx } from '../../../src/sandbox/services/fsx/service.ts'
import { createIam } from '../../../src/sandbox/services/iam/service.ts'
import { createPricing } from '../../../src/sandbox/services/pricing/service.ts'
import { createServiceQuotas } from '../../../src/sandbox/services/service-quotas/service.ts'
import { createS3 } from '../../../src/sandbox/services/s3/service.ts'
import { createSsm } from '../../../src/sandbox/services/ssm/service.ts'
import { createSts } from '../../../src/sandbox/services/sts/service.ts'
import type { RemoteHandler } from '../../fakes/remote-exec.ts'
import { startTestSandbox } from '../../sandbox/harness.ts'
import type { Fault } from '../../../src/sandbox/faults/faults.ts'
import { buyer } from './sandbox-buyer.ts'
import type { ContractSetup, ContractWorld } from './world.ts'

const DEADLINE_MS = 20_000

/** The adapters, through the real SDK and HTTP, at a sandbox whose machines run nothing but what the test says. */
export const sandbox: ContractSetup = {
  name: 'AWS adapters at the sandbox',
  open: openSandboxWorld,
}

/** With the sandbox's own faults, for what only a real endpoint can do wrong. */
export async function openSandboxWorld(): Promise<ContractWorld & { fault(fault: Fault): void }> {
  const nodes = scriptedMachines()
  const services = [createIam, createEc2, createSsm, createFsx, createS3, createSts, createPricing, createServiceQuotas]
  const cloud = await startTestSandbox({
    services,
    machines: nodes.machines,
    pace: { describeLagMs: 30, repositoryTaskMs: 200 },
  })
  const { faults } = cloud.world
  const ports = connectAws({
    region: cloud.region,
    endpoint: cloud.endpoint,
    credentials: cloud.credentials,
    clock: { now: Date.now, sleep },
    ids: Math,
    pollMs: { first: 10, longest: 100 },
  })
  return {
    ...ports,
    async until(what, ask) {
      const deadline = Date.now() + DEADLINE_MS
      while (Date.now() < deadline) {
        const answer = await ask()
        if (answer !== undefined && answer !== false) return answer
        await sleep(20)
      }
      throw new Error(`never happened: ${what}`)
    },
    shortage: (zone, count) => faults.add({ kind: 'shortage', instanceType: '*', zone, count }),
    partial: (launched) => faults.add({ kind: 'partial', instanceType: '*', launched, count: 1 }),
    muteAgents: (count) => faults.add({ kind: 'mute-agent', count }),
    ...buyer(cloud),
    powerOff: (nodeId) => nodes.powerOff(nodeId),
    answer: (handler) => nodes.answer(handler),
    failStorage: () => faults.add({ kind: 'storage-fails', count: 1 }),
    fault: (fault: Fault) => faults.add(fault),
    close: () => cloud.close(),
  }
}

const succeed: RemoteHandler = () => {}

/** Machines that are online at once, run scripts as the handler says, and can be told to power off. */
function scriptedMachines() {
  const events = new Map<string, MachineEvents>()
  let handler = succeed
  const machines: Machines = {
    kind: 'simulated',
    boot(spec, told): Machine {
      events.set(spec.instanceId, told)
      setImmediate(() => {
        told.online()
        told.userDataEnded(0, '')
      })
      return {
        instanceId: spec.instanceId,
        async run(script): Promise<MachineResult> {
          const asked = { comment: '', text: script.text, timeoutS: script.timeoutMs / 1000 }
          const given = (await handler(spec.instanceId, asked)) ?? {}
          const { exitCode = 0, stdout = '', stderr = '' } = given
          return { ended: 'exited', exitCode, stdout, stderr }
        },
        cancel: () => {},
        destroy: async () => void events.delete(spec.instanceId),
      }
    },
    close: async () => {},
  }
  return {
    machines,
    powerOff: (nodeId: string) => events.get(nodeId)?.poweroff(),
    answer(next: RemoteHandler) {
      handler = next
    },
  }
}
