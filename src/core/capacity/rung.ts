import type { UsdPerHour } from '../cost/cost.ts'
import type { Placement } from '../fleet/placement.ts'

/** Ways to buy a node, in the words of `muster.yaml`. */
export const PURCHASES = ['on-demand', 'spot', 'reservation', 'capacity-block'] as const
export type Purchase = (typeof PURCHASES)[number]

/** One way to get a whole cohort: a single request to the cloud, all nodes or none. */
export interface Rung {
  readonly purchase: Purchase
  readonly instanceType: string
  readonly zone: string
  /** The capacity reservation or block that it takes nodes from; null where it needs none. */
  readonly reservation: string | null
  /** For one node; null where nobody knows. */
  readonly usdPerHour: UsdPerHour | null
}

/** A rung with its place: not every way to buy goes with every placement group. */
export interface PlacedRung extends Rung {
  /** What the nodes really get: a reservation that was made in no group cannot be used from one. */
  readonly placement: Placement
  /** Name of the placement group that it launches into; null is none. */
  readonly placementGroup: string | null
}

/** A rung in words: `on-demand hpc7g.16xlarge in us-east-1a`, with the reservation where it has one. */
export function describeRung({ purchase, instanceType, zone, reservation }: Omit<Rung, 'usdPerHour'>): string {
  return `${purchase} ${instanceType} in ${zone}${reservation === null ? '' : ` from ${reservation}`}`
}
