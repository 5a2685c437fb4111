import type { ResourceTags } from '../core/fleet/tags.ts'
import type { NewStorage } from '../core/fleet/storage-spec.ts'
import type { ObservedStorage } from '../core/fleet/observed.ts'

/** Shared file systems of a fleet. Removing what is gone succeeds silently. */
export interface Storage {
  observe(fleet: string): Promise<readonly ObservedStorage[]>
  /** Names of all fleets that have a file system. */
  fleets(): Promise<string[]>
  /** Returns as soon as the cloud accepts it (state `creating`). The token makes it idempotent. */
  create(request: StorageRequest): Promise<{ id: string }>
  remove(id: string): Promise<void>
}

export interface StorageRequest {
  readonly fleet: string
  readonly action: string
  readonly token: string
  readonly spec: NewStorage
  readonly subnetId: string
  /** Besides fleet and action. */
  readonly tags?: ResourceTags
  readonly securityGroupIds: readonly string[]
}
