import { exportLinks } from './storage-links.ts'
import type { Deployment, OnTeardown } from './storage-spec.ts'

/** A Lustre file system as the cloud shows it. */
export interface ObservedStorage {
  readonly id: string
  /** The fleet that it was made for; null where muster did not make it. */
  readonly fleet: string | null
  readonly state: 'creating' | 'available' | 'failed' | 'deleting'
  readonly failure: string | null
  readonly dnsName: string
  readonly mountName: string
  readonly capacityGiB: number
  /** Null for a kind that muster makes none of. */
  readonly deployment: Deployment | null
  /** MB/s per TiB; null where the deployment has a fixed one. */
  readonly throughputPerTiB: number | null
  /** Where it is; nodes elsewhere would pay for every byte, and wait for it. */
  readonly subnetId: string
  readonly createdAt: number
  /** What was agreed on its data when it was made; kept in its tags. */
  readonly contract: StorageContract
  /** Its ties to S3; not asked for where the contract names none. */
  readonly links: readonly ObservedLink[]
  /** The oldest first; not asked for where the contract names no link. */
  readonly tasks: readonly ObservedTask[]
}

export interface StorageContract {
  readonly onTeardown: OnTeardown
  readonly exportTo: string | null
  /** Where its nodes mount it; null where nothing says so. */
  readonly mountPoint: string | null
  /** How many folders are imported. */
  readonly imports: number
  readonly data: StorageData
}

/**
 * What the file system holds that is nowhere else. It is `unexported` from before it is first mounted, since from then on anybody may
 * write, until an export has been compared with what was there.
 */
export type StorageData =
  | { readonly kind: 'none' }
  | { readonly kind: 'unexported' }
  /** Nobody writes any more, and what there is has been counted; the stamp tells the count and its exports from others. */
  | { readonly kind: 'flushed'; readonly stamp: string }
  | { readonly kind: 'exported' }

export interface ObservedLink {
  readonly id: string
  readonly path: string
  /** Without a slash at its end. */
  readonly repository: string
  readonly state: 'creating' | 'available' | 'failed'
  readonly failure: string | null
}

/** A copy between the file system and S3: FSx's data repository task. */
export interface ObservedTask {
  readonly id: string
  readonly kind: 'import' | 'export' | 'other'
  readonly state: 'active' | 'succeeded' | 'failed' | 'cancelled'
  /** Of an export: the count that it belongs to. */
  readonly stamp: string | null
  readonly paths: readonly string[]
  readonly total: number
  readonly succeeded: number
  readonly failed: number
  readonly failure: string | null
}

/** True where deleting it would lose what is nowhere else. */
export function holdsUnexported({ contract }: Pick<ObservedStorage, 'contract'>): boolean {
  const { onTeardown, data } = contract
  return onTeardown !== 'delete' && (data.kind === 'unexported' || data.kind === 'flushed')
}

/** Names of the linked folders that are imported, not exported. */
export function importedFolders({ contract, links }: Pick<ObservedStorage, 'contract' | 'links'>): string[] {
  const exported = exportLinks(contract.exportTo, contract.imports > 0).map(({ path }) => path)
  return links.filter(({ path }) => !exported.includes(path)).map(({ path }) => path.slice(1))
}

/** As a tag's value: `flushed@1764000000000`. */
export function dataToTag(data: StorageData): string {
  return data.kind === 'flushed' ? `flushed@${data.stamp}` : data.kind
}

/** What is no such value counts as unexported: a newer muster knows why it wrote it. */
export function dataFromTag(value: string | null): StorageData {
  if (value === null || value === 'none') return { kind: 'none' }
  const stamp = /^flushed@(\w{1,32})$/.exec(value)?.[1]
  if (stamp !== undefined) return { kind: 'flushed', stamp }
  return value === 'exported' ? { kind: 'exported' } : { kind: 'unexported' }
}
