import type { Resource } from './resource.ts'

/** What an image made from an instance has beside what every image has. */
export interface OwnImage extends Resource {
  readonly kind: 'image'
  readonly sourceInstanceId: string
  readonly sourceImageId: string
  /** When it may be available at the earliest, in milliseconds since the epoch. */
  readonly readyAt: number
  /** Whether the disk has been copied; or why it could not be. */
  copy: 'pending' | 'done' | { readonly failure: string }
  /** The folder with its disk; null where the instance's machine had none (simulated nodes). */
  disk: string | null
}

export type ImageState = 'pending' | 'available' | 'failed'

/** Public images are always available. */
export function imageState(own: OwnImage | null, now: number): ImageState {
  if (own === null) return 'available'
  if (typeof own.copy === 'object') return 'failed'
  return own.copy === 'done' && now >= own.readyAt ? 'available' : 'pending'
}
