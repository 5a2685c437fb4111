import { fakeServices } from '../../fakes/services.ts'
import type { ContractSetup } from './world.ts'

/** The fakes: time moves by itself. */
export const memory: ContractSetup = {
  name: 'the memory fake',
  async open() {
    const { network, access, compute, storage, remote, shell, objects, identity, prices, quotas, images, clock } =
      fakeServices()
    return {
      network,
      access,
      compute,
      storage,
      remote,
      shell,
      objects,
      identity,
      prices,
      quotas,
      images,
      async until(what, ask) {
        for (let asked = 0; asked < 1000; asked += 1) {
          const answer = await ask()
          if (answer !== undefined && answer !== false) return answer
          await clock.sleep(100)
        }
        throw new Error(`never happened: ${what}`)
      },
      shortage: (zone, times) => compute.shortage('*', zone, times),
      partial: (launched) => compute.partial(launched),
      muteAgents: (count) => compute.muteAgents(count),
      reserve: async ({ count, ...request }) => compute.reserve({ ...request, total: count }).id,
      buyBlock: async ({ instanceType, count }) =>
        compute.reserve({
          instanceType,
          zone: 'us-east-1b',
          total: count,
          kind: 'capacity-block',
          match: 'targeted',
          startsAt: clock.now(),
          endsAt: clock.now() + 86_400_000,
        }).id,
      powerOff: (nodeId) => compute.kill(nodeId, 'Client.InstanceInitiatedShutdown: Instance initiated shutdown'),
      answer: (handler) => remote.answer(handler),
      failStorage: () => storage.failCreation(),
      close: async () => {},
    }
  },
}
