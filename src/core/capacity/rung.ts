import type { UsdPerHour } from '../cost/cost.ts'

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
