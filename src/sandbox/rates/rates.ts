import { ec2Draws } from './ec2-rates.ts'
import { tokenBucket } from './token-bucket.ts'
import type { TokenBucket } from './token-bucket.ts'

/** Whether a call is within the rates that AWS publishes. */
export interface Rates {
  /** False: the call is throttled. */
  allow(call: RatedCall): boolean
}

export interface RatedCall {
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly input: Readonly<Record<string, unknown>>
}

export const noRates: Rates = { allow: () => true }

/** EC2's published rates, a region each; no other service that muster calls publishes its own. `now` in milliseconds. */
export function awsRates(now: () => number): Rates {
  const buckets = new Map<string, TokenBucket>()
  return {
    allow({ service, operation, region, input }) {
      if (service !== 'ec2') return true
      return ec2Draws(operation, input).every(({ bucket, shape, tokens }) => {
        const key = `${region} ${bucket}`
        const found = buckets.get(key) ?? tokenBucket(shape)
        buckets.set(key, found)
        return found.take(tokens, now())
      })
    },
  }
}

/** `MUSTER_SANDBOX_RATES=aws` switches them on for the sandbox's life. Throws for another word. */
export function ratesFrom(env: NodeJS.ProcessEnv, now: () => number): Rates {
  const word = env['MUSTER_SANDBOX_RATES'] ?? ''
  if (word === '') return noRates
  if (word !== 'aws')
    throw new Error(`MUSTER_SANDBOX_RATES: ${JSON.stringify(word)} is nothing that there is; write aws`)
  return awsRates(now)
}
