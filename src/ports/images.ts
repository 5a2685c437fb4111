import type { InstanceFacts } from '../core/fleet/instance-facts.ts'

/** Machine images of our own. Names are unique in an account and region. All throw MusterError. */
export interface Images {
  /** Begins an image of a node that runs, which is not restarted for it; its id. Throws ImageUnfit where the name is taken. */
  create(request: ImageRequest): Promise<string>
  /** All that muster made here, the newest first. */
  observe(): Promise<readonly ObservedImage[]>
  /** With its snapshots; what is gone is gone. */
  remove(imageId: string): Promise<void>
}

export interface ImageRequest {
  readonly nodeId: string
  /** 3 to 128 letters, digits and `()[] ./-'@_`. */
  readonly name: string
  /** The fleet that it was made for. */
  readonly fleet: string
  /** Of all that was put into it. */
  readonly contents: string
}

export interface ObservedImage {
  readonly id: string
  readonly name: string
  readonly state: 'pending' | 'available' | 'failed'
  /** In AWS's words, where it failed. */
  readonly failure: string | null
  readonly architecture: InstanceFacts['architecture'] | null
  readonly fleet: string
  readonly contents: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}
