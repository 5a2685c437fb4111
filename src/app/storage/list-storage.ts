import { compareText } from '../../kit/compare-text.ts'
import type { ObservedStorage } from '../../core/fleet/observed-storage.ts'
import { storageUsd, type StoragePriceOf } from '../../core/cost/fleet-cost.ts'
import { knownStoragePrices } from '../cost/known-prices.ts'
import type { ListedStorage, StorageList } from '../results/images-and-storage.ts'
import type { Services } from '../services.ts'

/** Every file system that muster made in the region, the oldest first, whether its fleet is up or not. */
export async function listStorage(services: Services): Promise<StorageList> {
  const { cloud, identity, storage } = services
  const [{ region, account }, all] = await Promise.all([identity.whoAmI(), storage.list()])
  const sorted = all.toSorted((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id))
  const priceOf = await knownStoragePrices(all, region, services)
  return { cloud: cloud.name, region, account, storage: sorted.map((one) => listedStorage(one, priceOf)) }
}

function listedStorage(one: ObservedStorage, priceOf: StoragePriceOf): ListedStorage {
  const { id, fleet, state, capacityGiB, deployment, contract, createdAt } = one
  const { onTeardown, exportTo, data } = contract
  return {
    id,
    fleet: fleet ?? '',
    state,
    capacityGiB,
    deployment,
    onTeardown,
    exportTo,
    data: data.kind === 'flushed' ? 'unexported' : data.kind,
    usdPerHour: storageUsd(one, priceOf),
    createdAt,
  }
}
