import { readFileSync } from 'node:fs'

/** On-demand prices of Linux instances, recorded from AWS: `src/sandbox/data/prices.json`. A type that is not there has none. */
export interface RecordedPrices {
  readonly source: string
  /** The day, as `2026-07-20`. */
  readonly recordedAt: string
  readonly regionCode: string
  readonly currency: 'USD'
  readonly unit: 'Hrs'
  /** Dollars an hour by instance type, as text: no digit is lost. */
  readonly onDemandLinux: Readonly<Record<string, string>>
}

export function recordedPrices(): RecordedPrices {
  prices ??= JSON.parse(readFileSync(new URL('../../data/prices.json', import.meta.url), 'utf8')) as RecordedPrices
  return prices
}

let prices: RecordedPrices | undefined
