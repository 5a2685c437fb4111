import { randomBytes } from 'node:crypto'

const longestTtlSeconds = 21_600

/** IMDSv2's session tokens: good for 1 to 21600 seconds, only on this instance. */
export function metadataTokens(now: () => number = Date.now) {
  const expiries = new Map<string, number>()
  return {
    /** Undefined where the wanted lifetime is none. */
    issue(ttl: string | undefined): { readonly token: string; readonly ttlSeconds: number } | undefined {
      if (ttl === undefined || !/^\d{1,5}$/.test(ttl)) return undefined
      const ttlSeconds = Number(ttl)
      if (ttlSeconds < 1 || ttlSeconds > longestTtlSeconds) return undefined
      for (const [token, expiry] of expiries) if (expiry <= now()) expiries.delete(token)
      const fresh = `${randomBytes(40).toString('base64url')}==`
      expiries.set(fresh, now() + ttlSeconds * 1000)
      return { token: fresh, ttlSeconds }
    },
    /** Seconds that the token is still good for; undefined for one that is not. */
    remaining(token: string | undefined): number | undefined {
      const expiry = token === undefined ? undefined : expiries.get(token)
      if (expiry === undefined || expiry <= now()) return undefined
      return Math.ceil((expiry - now()) / 1000)
    },
  }
}
