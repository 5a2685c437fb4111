import type { Sum } from '../../core/cost/cost.ts'

/** Something that no fleet claims. */
export interface Leftover {
  readonly region: string
  readonly fleet: string
  /** `instance`, `file system`, `network interface`, ... */
  readonly kind: string
  readonly id: string
  /** Null is unknown; 0 costs nothing. */
  readonly usdPerHour: number | null
  /** Milliseconds since the epoch; null where the cloud does not tell. */
  readonly createdAt: number | null
  /** Why it stays; null where it goes. */
  readonly kept: string | null
}

export interface GcResult {
  readonly cloud: string
  readonly leftovers: readonly Leftover[]
  /** Of all that is listed. */
  readonly usdPerHour: Sum
  readonly removed: boolean
  /** Regions and fleets that could not be looked at or swept, with the reason. */
  readonly skipped: readonly { readonly what: string; readonly reason: string }[]
}
