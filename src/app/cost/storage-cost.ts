import type { ObservedStorage } from '../../core/fleet/observed-storage.ts'
import type { Services } from '../services.ts'

/** US dollars an hour of a file system; null where nobody knows. Never throws: a price must not keep anything from being seen. */
export async function storageCost(
  {
    deployment,
    throughputPerTiB,
    capacityGiB,
  }: Pick<ObservedStorage, 'deployment' | 'throughputPerTiB' | 'capacityGiB'>,
  { prices, identity }: Pick<Services, 'prices' | 'identity'>,
): Promise<number | null> {
  if (deployment !== 'SCRATCH_2' && deployment !== 'PERSISTENT_2') return null
  try {
    const { region } = await identity.whoAmI()
    const price = await prices.storage(deployment, throughputPerTiB, region)
    return price === null ? null : price.usdPerHour * capacityGiB
  } catch {
    return null
  }
}
