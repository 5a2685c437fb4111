import type { Services } from '../services.ts'
import { fail, ok, warn, type Check } from './check.ts'

/** A job of a working day outlives what ends sooner. */
const SOON_MS = 3600_000

/** Who we are, where, and for how long. */
export function checkCredentials({ identity, clock }: Services): Check {
  const name = 'credentials'
  return {
    name,
    async run() {
      const [{ account, arn, region }, expiresAt] = await Promise.all([identity.whoAmI(), identity.expiresAt()])
      const who = `${arn}, account ${account}, region ${region}`
      if (expiresAt === null) return ok(name, who)
      const leftMs = expiresAt - clock.now()
      if (leftMs <= 0) return fail(name, `${who}; they have expired`, 'aws sso login')
      const left = `${who}; valid for ${Math.floor(leftMs / 60_000)} minutes`
      return leftMs < SOON_MS ? warn(name, left, 'aws sso login') : ok(name, left)
    },
  }
}
