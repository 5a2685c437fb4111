import type { Resource } from './resource.ts'

/** A snapshot of a volume; only those that come with images are made here, and their bytes are the image's. */
export interface Snapshot extends Resource {
  readonly kind: 'snapshot'
  readonly volumeId: string
  readonly sizeGiB: number
  readonly description: string
  readonly encrypted: boolean
  /** The image that it is part of. */
  readonly imageId: string
  readonly readyAt: number
}
