import { MusterError } from '../../core/errors/muster-error.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Services } from '../services.ts'
import { observeFleet } from './observe.ts'

/**
 * What is, for whoever raises the fleet: where it names a file system that exists, that one is its storage. Only a raise sees it; what
 * removes a fleet never does.
 *
 * @throws MusterError StorageFailed where there is none of that id.
 */
export async function observeWithStorage({ name, storage }: FleetSpec, services: Services): Promise<ObservedFleet> {
  if (storage?.kind !== 'existing') return observeFleet(name, services)
  const [observed, found] = await Promise.all([observeFleet(name, services), services.storage.find(storage.id)])
  if (found !== null) return { ...observed, storage: [found] }
  throw new MusterError(
    'StorageFailed',
    `fleet ${name} is to mount ${storage.id}, and the region has no such Lustre file system`,
    {
      suggestions: ['muster storage list', `correct storage.id in fleets.${name} of muster.yaml`],
    },
  )
}
