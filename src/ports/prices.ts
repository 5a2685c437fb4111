import type { Price } from '../core/cost/fleet-cost.ts'

/** What things cost, before anything is bought. */
export interface Prices {
  /**
   * Linux, on demand, shared hardware: the public price, without discounts or taxes. Null where the price list has none. Throws
   * MusterError where it cannot be asked; no command may fail for that (`app/cost/known-prices.ts`).
   */
  onDemand(instanceType: string, region: string): Promise<Price | null>
}
