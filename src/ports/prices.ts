import type { Price } from '../core/cost/fleet-cost.ts'
import type { NewStorage } from '../core/fleet/storage-spec.ts'

/** What things cost, before anything is bought. */
export interface Prices {
  /**
   * Linux, on demand, shared hardware: the public price, without discounts or taxes. Null where the price list has none. Throws
   * MusterError where it cannot be asked; no command may fail for that (`app/cost/known-prices.ts`).
   */
  onDemand(instanceType: string, region: string): Promise<Price | null>
  /** Linux on Spot, by zone, as it is now; empty for a type that has no Spot. Throws as `onDemand` does. */
  spot(instanceType: string, region: string): Promise<ReadonlyMap<string, Price>>
  /** One GiB of an FSx for Lustre file system on SSD; throughput in MB/s per TiB, null where the deployment takes none. Null and errors as in `onDemand`. */
  storage(deployment: NewStorage['deployment'], throughputPerTiB: number | null, region: string): Promise<Price | null>
}
