import type { ObservedFleet } from '../../core/fleet/observed.ts'
import { stays } from '../../core/plan/plan-take-down.ts'
import { storageFate, type TeardownMemory } from '../../core/plan/storage-fate.ts'
import { storageUsd } from '../../core/cost/fleet-cost.ts'
import { knownStoragePrices } from '../cost/known-prices.ts'
import type { KeptStorage } from '../results/fleet.ts'
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
  if (left.length === 0) return []
  const { region } = await services.identity.whoAmI()
  const disks = left.map(({ storage }) => storage)
  const priceOf = await knownStoragePrices(disks, region, services)
  const kept = left.map(({ storage, why }) => {
    const { id, capacityGiB } = storage
    return { id, capacityGiB, why, usdPerHour: storageUsd(storage, priceOf) }
  })
  for (const { id, ...more } of kept)
    services.events.emit('storage.kept', { fleet: observed.name, storage: id, ...more })
  return kept
}
