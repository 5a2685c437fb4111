import type { EC2ClientConfig } from '@aws-sdk/client-ec2'
import { backoffMs } from '../kit/backoff.ts'
import type { Ids } from '../ports/ids.ts'
import { isCapacityCode } from './error-codes.ts'

/**
 * Which failures the SDK repeats, instead of its own three attempts for everything that is 5xx.
 *
 * AWS reports lack of capacity as a server error, which the SDK would send again and again before anybody sees it: that is
 * never repeated here. Throttling is repeated patiently. What may have been done already although no answer came is
 * repeated only where doing it twice is harmless.
 */
export type Repeat = 'always' | 'never-twice'

type Strategy = Exclude<EC2ClientConfig['retryStrategy'], undefined>
type StrategyV2 = Extract<Strategy, { refreshRetryTokenForRetry: unknown }>
type Failure = Parameters<StrategyV2['refreshRetryTokenForRetry']>[1]
type Token = Awaited<ReturnType<StrategyV2['refreshRetryTokenForRetry']>>

/** Attempts beyond the first. */
const REPEATS = { throttled: 9, lost: 4, refused: 3 } as const

export function retryStrategy(repeat: Repeat, ids: Ids): StrategyV2 {
  return {
    acquireInitialRetryToken: async () => token(0, 0),
    refreshRetryTokenForRetry: async (last, failure) => {
      const attempt = last.getRetryCount()
      const kind = failureKind(failure, repeat)
      if (kind === null || attempt >= REPEATS[kind]) throw new Error('not to be repeated')
      const firstMs = kind === 'throttled' ? 500 : 100
      const wait = backoffMs({ firstMs, factor: 2, maxMs: kind === 'refused' ? 400 : 20_000 }, attempt, ids.random())
      return token(attempt + 1, Math.max(wait, hintedMs(failure)))
    },
    recordSuccess: () => {},
  }
}

/** Null for what is final. */
function failureKind(failure: Failure, repeat: Repeat): keyof typeof REPEATS | null {
  const error = failure.error as (Error & { readonly code?: string }) | undefined
  if (error !== undefined && isCapacityCode(error.name)) return null
  if (failure.errorType === 'THROTTLING') return 'throttled'
  // The connection was never made: nothing can have happened.
  if (error?.code === 'ECONNREFUSED' || error?.code === 'ENOTFOUND') return 'refused'
  if (failure.errorType === 'CLIENT_ERROR' || repeat === 'never-twice') return null
  return 'lost'
}

function hintedMs(failure: Failure): number {
  return failure.retryAfterHint === undefined ? 0 : Math.min(failure.retryAfterHint.getTime() - Date.now(), 20_000)
}

function token(count: number, delayMs: number): Token {
  return { getRetryCount: () => count, getRetryDelay: () => delayMs }
}
