import type { Price } from '../../src/core/cost/fleet-cost.ts'
import type { Prices } from '../../src/ports/prices.ts'
import { scriptable, type Scriptable } from './scriptable.ts'

export type FakePrices = Prices & Scriptable<Prices>

/** A price list of one region and two types; everything else has no price. */
export function fakePrices(region = 'us-east-1'): FakePrices {
  const list: Readonly<Record<string, Price>> = {
    'hpc7g.16xlarge': { usdPerHour: 1.6832, asOf: '2026-07-20' },
    'c7gn.16xlarge': { usdPerHour: 3.9936, asOf: '2026-07-20' },
  }
  const prices: Prices = {
    onDemand: async (instanceType, asked) => (asked === region ? (list[instanceType] ?? null) : null),
  }
  return scriptable(prices, ['onDemand'])
}
