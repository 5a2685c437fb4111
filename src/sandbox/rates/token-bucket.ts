/** A token bucket: so many at once, and so many a second after that. */
export interface BucketShape {
  readonly size: number
  readonly perSecond: number
}

/** Takes tokens where there are enough; `false` takes none. Times in milliseconds. */
export interface TokenBucket {
  take(tokens: number, now: number): boolean
}

export function tokenBucket({ size, perSecond }: BucketShape): TokenBucket {
  let tokens = size
  let last: number | null = null
  return {
    take(wanted, now) {
      tokens = Math.min(size, tokens + ((now - (last ?? now)) * perSecond) / 1000)
      last = now
      if (tokens < wanted) return false
      tokens -= wanted
      return true
    },
  }
}
