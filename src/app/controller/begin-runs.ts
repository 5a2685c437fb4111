import { factsOf } from '../../core/fleet/instance-facts.ts'
import { coresOfOthers } from '../../core/queue/batches.ts'
import type { QueuedTask } from '../../core/queue/eligible.ts'
import type { Start } from '../../core/queue/start.ts'
import type { Lease } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'
import type { FleetWorker } from './fleet-worker.ts'
import { unlessOnlyItsOwn } from './only-its-own.ts'
import type { Stalls } from './stalls.ts'
import { redeliver, startRuns, type FleetNow } from './start-runs.ts'

/** Begins what was placed, fleet by fleet, and again what was written down before and whose start nobody saw. */
export function runBeginner(stalls: Stalls, services: Services) {
  return async (
    starts: readonly Start[],
    tasks: readonly QueuedTask[],
    workers: ReadonlyMap<string, FleetWorker>,
    lease: Lease,
  ): Promise<void> => {
    const coresTaken = coresOfOthers(tasks)
    for (const one of workers.values()) {
      const nodes = one.observed()?.nodes ?? []
      const typeOf = new Map(nodes.map((node) => [node.id, node.instanceType]))
      const fleet: FleetNow = {
        factsOf: (start) => factsOf(one.types(), typeOf.get(start.nodes[0]?.id ?? '') ?? ''),
        coresTaken,
        isStalled: stalls.isStalled,
      }
      const mine = starts.filter((start) => start.fleet === one.name)
      const own = tasks.filter(({ job }) => job.fleet === one.name)
      await unlessOnlyItsOwn(one, async () => {
        if (mine.length > 0) await startRuns(mine, fleet, lease, services)
        await redeliver(own, fleet, typeOf, lease, services)
      })
    }
  }
}
