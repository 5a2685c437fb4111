import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { QueuedTask } from '../../core/queue/eligible.ts'
import type { Services } from '../services.ts'
import { fleetsInHand, keepInHand } from './fleets-in-hand.ts'
import { fleetWorker, type FleetWorker } from './fleet-worker.ts'
import { heldIn } from './held-nodes.ts'
import type { LostNodes } from './lost-nodes.ts'
import { unlessOnlyItsOwn } from './only-its-own.ts'

/** The fleets in the hands of whoever works the queue; written down, so that whoever comes after takes them down. */
export interface Workers {
  readonly all: ReadonlyMap<string, FleetWorker>
  /** Takes on what is described, and the first time also what another has left. Written before anything is made of them. */
  adopt(described: ReadonlyMap<string, FleetSpec>): Promise<void>
  /** Looks at all of them; only those that could be looked at are in the answer, with the nodes that they have lost. */
  look(tasks: readonly QueuedTask[]): Promise<ReadonlyMap<string, LostNodes>>
  /** Lets those go of which nothing is left and that nobody describes any more: of fleets that have just been looked at. */
  retire(seen: readonly FleetWorker[]): Promise<void>
  stop(): Promise<void>
}

export function fleetWorkers(services: Services): Workers {
  const { queue } = services
  const all = new Map<string, FleetWorker>()
  let described: ReadonlyMap<string, FleetSpec> = new Map()
  let isInformed = false
  let written: string | null = null

  const take = (spec: FleetSpec): void => {
    if (!all.has(spec.name)) all.set(spec.name, fleetWorker(spec, services))
  }
  const writeDown = async (): Promise<void> => {
    const fleets = [...all.values()].map((one) => one.spec())
    const text = JSON.stringify(fleets)
    if (text === written) return
    await keepInHand(fleets, queue)
    written = text
  }

  return {
    all,
    adopt: async (fleets) => {
      described = fleets
      if (!isInformed) for (const spec of await fleetsInHand(queue)) take(spec)
      isInformed = true
      for (const spec of described.values()) take(spec)
      await writeDown()
    },
    look: async (tasks) => {
      const lost = new Map<string, LostNodes>()
      for (const one of all.values()) {
        const spec = described.get(one.name) ?? one.spec()
        await unlessOnlyItsOwn(one, async () => {
          lost.set(one.name, await one.look(spec, heldIn(tasks, one.name)))
        })
      }
      return lost
    },
    retire: async (seen) => {
      for (const one of seen) {
        if (!one.isGone() || described.has(one.name)) continue
        await one.stop()
        all.delete(one.name)
      }
      await writeDown()
    },
    stop: async () => void (await Promise.all([...all.values()].map((one) => one.stop()))),
  }
}
