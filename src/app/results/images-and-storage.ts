import type { ObservedImage } from '../../ports/images.ts'
import type { OnTeardown } from '../../core/fleet/storage-spec.ts'

export interface BakeResult {
  readonly fleet: string
  /** `ami-...`: what `image:` in muster.yaml takes. */
  readonly image: string
  readonly name: string
  readonly contents: string
  readonly ms: number
}

export interface ImageList {
  readonly images: readonly ObservedImage[]
}

export interface ImageRemoval {
  readonly image: string
  readonly name: string
}

/** `muster storage list`. */
export interface StorageList {
  readonly cloud: string
  readonly region: string
  readonly account: string
  readonly storage: readonly ListedStorage[]
}

export interface ListedStorage {
  readonly id: string
  readonly fleet: string
  readonly state: string
  readonly capacityGiB: number
  readonly deployment: string | null
  readonly onTeardown: OnTeardown
  readonly exportTo: string | null
  readonly data: 'none' | 'unexported' | 'exported'
  readonly usdPerHour: number | null
  readonly createdAt: number
}

export interface CreatedStorage {
  readonly fleet: string
  readonly id: string
  readonly zone: string
  /** True where it was there already. */
  readonly existed: boolean
}
