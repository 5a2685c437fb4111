import type { ObservedFleet } from '../../../core/fleet/observed.ts'
import type { ObservedStorage, StorageData } from '../../../core/fleet/observed-storage.ts'
import { withData } from '../../../core/plan/storage-effects.ts'
import type { Services } from '../../services.ts'

/** What actions on file systems share, whether a fleet is raised or taken down. */
export interface StorageContext {
  readonly fleet: string
  readonly services: Services
  readonly signal: AbortSignal
  /** As it was observed last. */
  readonly find: (storageId: string) => ObservedStorage | undefined
  /** What we have recorded of data, by file system: describe calls show the tags only later. */
  readonly marked: Map<string, StorageData>
  /** Tasks that we have begun. */
  readonly begun: Set<string>
}

/** An observation with what we have recorded ourselves. */
export function withOwnData(observed: ObservedFleet, marked: ReadonlyMap<string, StorageData>): ObservedFleet {
  const storage = observed.storage.map((one) => {
    const data = marked.get(one.id)
    return data === undefined ? one : withData(one, data)
  })
  return { ...observed, storage }
}
