import { ERRORS, type ErrorCode } from '../core/errors/codes.ts'
import { isMusterError, MusterError } from '../core/errors/muster-error.ts'
import type { Price } from '../core/cost/fleet-cost.ts'
import type { Clock } from '../ports/clock.ts'
import type { Prices } from '../ports/prices.ts'
import { readNote, writeNote } from './notes.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS

/** How long what failed or was missing is not asked for again: a price list that does not answer costs seconds each time. */
const UNKNOWN_MS = 5 * MINUTE_MS
/** Spot prices move during the day. */
const SPOT_MS = 5 * MINUTE_MS

/**
 * Prices that were asked for once a day, one file each in `folder`; `scope` keeps those of several clouds apart. A cache that cannot
 * be read or written is none.
 */
export function cachedPrices(prices: Prices, folder: string, scope: string, clock: Pick<Clock, 'now'>): Prices {
  async function once<T>(name: readonly string[], freshMs: number, form: Form<T>, ask: () => Promise<T>): Promise<T> {
    const path = [scope, ...name].join('-').replaceAll(/[^A-Za-z0-9._-]/g, '_')
    const note = await readNote(folder, `price-${path}`)
    const age = Math.abs(clock.now() - (note?.at ?? Infinity))
    const failure = note && failureIn(note.value)
    if (failure && age < UNKNOWN_MS) throw failure
    const kept = failure ? undefined : form.read(note?.value)
    if (kept !== undefined && age < (form.isUnknown(kept) ? UNKNOWN_MS : freshMs)) return kept
    const keep = (value: unknown) => writeNote(folder, `price-${path}`, { at: clock.now(), value })
    try {
      const value = await ask()
      await keep(form.write(value))
      return value
    } catch (error) {
      if (isLasting(error)) await keep({ code: error.code, message: error.message })
      throw error
    }
  }
  return {
    onDemand: (instanceType, region) =>
      once([region, instanceType], DAY_MS, onePrice, () => prices.onDemand(instanceType, region)),
    spot: (instanceType, region) =>
      once([region, instanceType, 'spot'], SPOT_MS, byZone, () => prices.spot(instanceType, region)),
    storage: (deployment, throughput, region) =>
      once([region, deployment, String(throughput ?? '')], DAY_MS, onePrice, () =>
        prices.storage(deployment, throughput, region),
      ),
  }
}

/** How an answer is kept; `read` gives undefined for what is not one. */
interface Form<T> {
  readonly read: (value: unknown) => T | undefined
  readonly write: (value: T) => unknown
  readonly isUnknown: (value: T) => boolean
}

const onePrice: Form<Price | null> = {
  read: (value) => (value === null ? null : priceIn(value)),
  write: (price) => price,
  isUnknown: (price) => price === null,
}

const byZone: Form<ReadonlyMap<string, Price>> = {
  read(value) {
    if (!Array.isArray(value)) return undefined
    const zones = (value as unknown[]).filter((one): one is [string, unknown] => Array.isArray(one))
    const known = zones.map(([zone, price]) => [zone, priceIn(price)] as const)
    return known.some(([, price]) => price === undefined) ? undefined : new Map(known as [string, Price][])
  },
  write: (prices) => [...prices],
  isUnknown: (prices) => prices.size === 0,
}

function priceIn(value: unknown): Price | undefined {
  const { usdPerHour, asOf } = (value ?? {}) as Partial<Record<keyof Price, unknown>>
  return typeof usdPerHour === 'number' && typeof asOf === 'string' ? { usdPerHour, asOf } : undefined
}

function failureIn(value: unknown): MusterError | null {
  const { code, message } = (value ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  if (typeof code !== 'string' || typeof message !== 'string' || !(code in ERRORS)) return null
  return new MusterError(code as ErrorCode, `${message} (asked some minutes ago)`)
}

/** Credentials are mended in a moment, and their lack is told at once. */
function isLasting(error: unknown): error is MusterError {
  return isMusterError(error) && !['CredentialsMissing', 'CredentialsRefused', 'Interrupted'].includes(error.code)
}
