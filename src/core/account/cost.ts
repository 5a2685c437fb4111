import type { SetupAction } from './action.ts'

/**
 * What parts of a network cost an hour whether anything uses them or not, in us dollars: list prices of us-east-1 (Amazon VPC pricing and
 * AWS PrivateLink pricing, read in 2026; other regions differ by some cents). Everything else that setup makes is free. Traffic comes
 * on top: 0.045 a GB through the NAT gateway, 0.01 through an interface endpoint, none through the endpoint of S3.
 */
export const USD_PER_HOUR = { nat: 0.045, address: 0.005, endpoint: 0.01 } as const
export const PRICES_OF = 'us-east-1, list prices of 2026'

/** Of one action; 0 for what is free and for what goes. */
export function usdPerHourOf(action: SetupAction): number {
  if (action.kind !== 'make') return 0
  const { what } = action.part
  return what === 'nat' || what === 'address' || what === 'endpoint' ? USD_PER_HOUR[what] : 0
}

/** The two ways out, to be compared before one is paid for. */
export const WAY_OUT_USD_PER_HOUR = {
  nat: USD_PER_HOUR.nat + USD_PER_HOUR.address,
  endpoints: 3 * USD_PER_HOUR.endpoint,
} as const
