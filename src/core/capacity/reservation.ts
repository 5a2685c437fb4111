/**
 * Capacity that the account has reserved: an On-Demand Capacity Reservation, or a Capacity Block for ML, which EC2 lists as a
 * reservation too.
 */
export interface Reservation {
  /** `cr-0123456789abcdef0`, of both kinds. */
  readonly id: string
  readonly kind: 'reservation' | 'capacity-block'
  readonly instanceType: string
  readonly zone: string
  /** Instances that it was made for, and those of them that nobody uses now. */
  readonly total: number
  readonly available: number
  /** An `open` one takes any instance that fits, a `targeted` one those alone that name it. */
  readonly match: 'open' | 'targeted'
  /** AWS's own word: `active`, `scheduled` (it has not begun), `pending`, `assessing`, ... */
  readonly state: string
  /** Milliseconds since the epoch; null where it began when it was made, or never ends. */
  readonly startsAt: number | null
  readonly endsAt: number | null
  /** Name of the cluster placement group that it was made in: its instances must launch into that one. */
  readonly placementGroup: string | null
}
