import type { Ec2Call } from '../context.ts'
import type { PoolOptions } from '../input/fleet.ts'
import type { LaunchPlan } from '../launch/plan.ts'
import { onDemandPrice, spotPrice } from '../spot/prices.ts'
import type { Pool } from './pools.ts'

/** A pool in one of the zones in which it may be launched. */
export interface Candidate {
  readonly pool: Pool
  readonly plan: LaunchPlan
}

/**
 * The cheapest first for each unit of capacity, where the strategy looks at prices: `lowest-price` is what AWS takes where
 * none is named (botocore's ec2 model). What has no known price keeps its order, behind the others.
 */
export function byPrice(
  candidates: readonly Candidate[],
  options: PoolOptions | undefined,
  { region }: Ec2Call,
): readonly Candidate[] {
  const strategy = options?.AllocationStrategy ?? 'lowest-price'
  if (strategy !== 'lowest-price' && strategy !== 'price-capacity-optimized') return candidates
  const price = ({ pool, plan }: Candidate): number => {
    const type = plan.type.InstanceType
    const whole =
      pool.request.purchase === 'spot'
        ? spotPrice(region.name, type, plan.subnet.zone.id)
        : onDemandPrice(region.name, type)
    return whole === undefined ? Number.POSITIVE_INFINITY : whole / pool.weight
  }
  return candidates.toSorted((a, b) => {
    const [one, other] = [price(a), price(b)]
    return one === other ? 0 : one - other
  })
}
