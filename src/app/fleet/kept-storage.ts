import type { ObservedFleet } from '../../core/fleet/observed.ts'
import { stays } from '../../core/plan/plan-take-down.ts'
import { storageFate, type TeardownMemory } from '../../core/plan/storage-fate.ts'
import { storageCost } from '../cost/storage-cost.ts'
import type { KeptStorage } from '../results.ts'
import type { Services } from '../services.ts'

/** The file systems that a teardown leaves, each with why and what it costs; said as events too. */
export async function keptStorage(
  observed: ObservedFleet,
  memory: TeardownMemory,
  services: Services,
): Promise<readonly KeptStorage[]> {
  const left = observed.storage.flatMap((storage) => {
    const fate = storageFate(storage, memory)
    return stays(fate) ? [{ storage, why: fate.kind === 'failed' ? fate.why : null }] : []
  })
  const kept = await Promise.all(
    left.map(async ({ storage, why }) => {
      const usdPerHour = await storageCost(storage, services)
      return { id: storage.id, capacityGiB: storage.capacityGiB, why, usdPerHour }
    }),
  )
  for (const { id, ...more } of kept)
    services.events.emit('storage.kept', { fleet: observed.name, storage: id, ...more })
  return kept
}
