import type { Resource } from './resource.ts'

/** A volume of an instance: bookkeeping only, the node's disk is its machine's. */
export interface Volume extends Resource {
  readonly kind: 'volume'
  readonly zone: string
  readonly sizeGiB: number
  readonly type: string
  readonly iops: number | null
  readonly throughput: number | null
  readonly encrypted: boolean
  readonly snapshotId: string | null
  attachment: VolumeAttachment | null
}

export interface VolumeAttachment {
  readonly instanceId: string
  readonly device: string
  readonly deleteOnTermination: boolean
  readonly attachedAt: number
}
