import type { Price } from '../../src/core/cost/fleet-cost.ts'
import type { Prices } from '../../src/ports/prices.ts'
import { scriptable, type Scriptable } from './scriptable.ts'

export type FakePrices = Prices & Scriptable<Prices>

const asOf = '2026-07-20'

/** A price list of one region, two types (one of them on Spot too) and one kind of storage; everything else has no price. */
export function fakePrices(region = 'us-east-1'): FakePrices {
  const list: Readonly<Record<string, Price>> = {
    'hpc7g.16xlarge': { usdPerHour: 1.6832, asOf },
    'c7gn.16xlarge': { usdPerHour: 3.9936, asOf },
  }
  const spot = new Map<string, Price>([
    [`${region}a`, { usdPerHour: 1.6, asOf }],
    [`${region}b`, { usdPerHour: 1.2, asOf }],
  ])
  const prices: Prices = {
    onDemand: async (instanceType, asked) => (asked === region ? (list[instanceType] ?? null) : null),
    spot: async (instanceType, asked) => (asked === region && instanceType === 'c7gn.16xlarge' ? spot : new Map()),
    storage: async (deployment, _throughput, asked) =>
      asked === region && deployment === 'SCRATCH_2' ? { usdPerHour: 0.14 / 730, asOf } : null,
  }
  return scriptable(prices, ['onDemand', 'spot', 'storage'])
}
