import type { Resource } from './resource.ts'

/**
 * Capacity that is held for this account in one zone: reserved on demand, or a Capacity Block that was bought for a time. Its
 * state follows from the clock (`reservations/state.ts`), but for what somebody did to it.
 */
export interface CapacityReservation extends Resource {
  readonly kind: 'capacity-reservation'
  readonly type: 'default' | 'capacity-block'
  readonly instanceType: string
  readonly platform: string
  readonly zone: { readonly name: string; readonly id: string }
  /** Of the cluster placement group that it belongs to. */
  readonly placementGroupArn: string | null
  readonly ebsOptimized: boolean
  readonly startAt: number
  /** The block that it is the reservation of: `cb-`. */
  readonly blockId: string | null
  total: number
  match: 'open' | 'targeted'
  /** Null where it has no end. */
  endAt: number | null
  cancelled: boolean
  /** Instances that hold a place in it. */
  readonly members: Set<string>
  /** Takes back the timer of its end. */
  takeBack: () => void
}

/** What may be bought as a Capacity Block: it can be bought by its id for a while. */
export interface BlockOffering {
  readonly id: string
  readonly instanceType: string
  readonly zone: { readonly name: string; readonly id: string }
  readonly count: number
  readonly hours: number
  readonly startAt: number
  readonly endAt: number
  readonly offeredAt: number
}
