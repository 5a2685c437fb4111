import type { PlacedRung } from './rung.ts'

/** A rung that had no room, remembered so that the next attempt begins elsewhere. */
export interface Shortage extends Pick<
  PlacedRung,
  'purchase' | 'instanceType' | 'zone' | 'reservation' | 'placementGroup'
> {
  /** How many nodes were asked for. */
  readonly count: number
  /** The code of the MusterError. */
  readonly code: string
  readonly message: string
  /** Zones that the refusal names as having room, for the same type and purchase. */
  readonly availableZones: readonly string[]
  /** Milliseconds since the epoch. */
  readonly at: number
}

/**
 * How long a refusal says anything: AWS advises to wait some minutes (EC2 User Guide, "Insufficient instance capacity"), Karpenter
 * remembers three.
 */
export const SHORTAGE_MS = 5 * 60_000

/** Whether a refusal is of this very rung: another group, or another reservation, may have room. */
export function isOf(shortage: Shortage, rung: PlacedRung): boolean {
  return (
    shortage.purchase === rung.purchase &&
    shortage.instanceType === rung.instanceType &&
    shortage.zone === rung.zone &&
    shortage.reservation === rung.reservation &&
    shortage.placementGroup === rung.placementGroup
  )
}

/** Those that still say something of `nodes` nodes: no room for eight is no word on two. */
export function recentShortages(shortages: readonly Shortage[], nodes: number, now: number): readonly Shortage[] {
  return shortages.filter((one) => nodes >= one.count && now >= one.at && now - one.at < SHORTAGE_MS)
}
