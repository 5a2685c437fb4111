import type { PriceOf } from '../../core/cost/fleet-cost.ts'
import type { Services } from '../services.ts'

/**
 * The prices of some instance types, as far as they can be had: never throws. Why one is unknown is an event that `-v`
 * shows; a price list that cannot be read must not keep a fleet from being seen.
 */
export async function knownPrices(
  instanceTypes: Iterable<string>,
  region: string,
  { prices, events }: Pick<Services, 'prices' | 'events'>,
): Promise<PriceOf> {
  const asked = [...new Set(instanceTypes)].map(async (instanceType) => {
    try {
      const price = await prices.onDemand(instanceType, region)
      if (price === null) events.emit('price.unknown', { instanceType, region, reason: 'the price list has none' })
      return [instanceType, price] as const
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      events.emit('price.unknown', { instanceType, region, reason })
      return [instanceType, null] as const
    }
  })
  const known = new Map(await Promise.all(asked))
  return (instanceType) => known.get(instanceType) ?? null
}
