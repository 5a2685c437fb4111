import type { ObservedStorage, StorageData } from '../core/fleet/observed-storage.ts'
import type { StorageLink } from '../core/fleet/storage-links.ts'
import type { NewStorage } from '../core/fleet/storage-spec.ts'
import type { ResourceTags } from '../core/fleet/tags.ts'

/** Lustre file systems. Removing what is gone succeeds silently; what takes a token is idempotent by it. */
export interface Storage {
  observe(fleet: string): Promise<readonly ObservedStorage[]>
  /** Any Lustre file system of the region, whoever made it; null where there is none of that id. Without links and tasks. */
  find(id: string): Promise<ObservedStorage | null>
  /** All that muster made in the region, without links and tasks. */
  list(): Promise<readonly ObservedStorage[]>
  /** Names of all fleets that have a file system. */
  fleets(): Promise<string[]>
  /** Returns as soon as the cloud accepts it (state `creating`). The token makes it idempotent. */
  create(request: StorageRequest): Promise<{ id: string }>
  /** Throws FleetBusy while a task copies. */
  remove(id: string): Promise<void>
  /** Records in the file system's tags what it holds that is nowhere else. */
  mark(id: string, data: StorageData): Promise<void>
  /** Ties a folder of an available file system to S3; returns as soon as the cloud accepts it. Throws FleetBusy while it cannot yet. */
  link(request: LinkRequest): Promise<void>
  /** Begins to bring objects of linked places in as files. Throws FleetBusy while another task copies. */
  beginImport(request: TaskRequest): Promise<{ id: string }>
  /** Begins to copy files out to the linked places. Throws FleetBusy while another task copies. */
  beginExport(request: TaskRequest & { readonly stamp: string }): Promise<{ id: string }>
  /** Ends a task; one that has ended is left as it is. */
  cancelTask(id: string): Promise<void>
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

export interface LinkRequest {
  readonly storageId: string
  readonly fleet: string
  readonly token: string
  readonly link: StorageLink
}

export interface TaskRequest {
  readonly storageId: string
  readonly fleet: string
  readonly token: string
  /** Of an import places in S3, of an export paths from the root; an empty list is all that is linked. */
  readonly paths: readonly string[]
}
