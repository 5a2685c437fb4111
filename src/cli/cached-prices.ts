import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Price } from '../core/cost/fleet-cost.ts'
import type { Clock } from '../ports/clock.ts'
import type { Prices } from '../ports/prices.ts'

const DAY_MS = 86_400_000

/**
 * Prices that were asked for once a day, one file each in `folder`; `scope` keeps those of several clouds apart. Only what is
 * known is kept: what failed or was missing may be there in a minute. A cache that cannot be read or written is none.
 */
export function cachedPrices(prices: Prices, folder: string, scope: string, clock: Pick<Clock, 'now'>): Prices {
  return {
    async onDemand(instanceType, region) {
      const name = `${scope}-${region}-${instanceType}`.replaceAll(/[^A-Za-z0-9._-]/g, '_')
      const path = join(folder, `price-${name}.json`)
      const kept = await read(path)
      if (kept !== null && Math.abs(clock.now() - kept.at) < DAY_MS) return kept.price
      const price = await prices.onDemand(instanceType, region)
      if (price !== null) await write(path, { at: clock.now(), price })
      return price
    },
    spot: (instanceType, region) => prices.spot(instanceType, region),
    storage: (deployment, throughput, region) => prices.storage(deployment, throughput, region),
  }
}

interface Kept {
  /** When it was asked for, in milliseconds since the epoch. */
  readonly at: number
  readonly price: Price
}

/** Null for what is not there, or not whole. */
async function read(path: string): Promise<Kept | null> {
  try {
    const kept = JSON.parse(await readFile(path, 'utf8')) as Partial<Kept> | null
    const { at, price } = kept ?? {}
    if (typeof at !== 'number' || typeof price?.usdPerHour !== 'number' || typeof price.asOf !== 'string') return null
    return { at, price: { usdPerHour: price.usdPerHour, asOf: price.asOf } }
  } catch {
    return null
  }
}

/** Whole or not at all: another muster may be reading. */
async function write(path: string, kept: Kept): Promise<void> {
  const part = `${path}.${process.pid}`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(part, JSON.stringify(kept), { mode: 0o600 })
    await rename(part, path)
  } catch {
    // The price is known all the same.
  }
}
