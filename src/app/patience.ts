import { backoffMs } from '../kit/backoff.ts'
import type { ErrorCode } from '../core/errors/codes.ts'
import { isMusterError } from '../core/errors/muster-error.ts'
import type { Services } from './services.ts'

export interface Patient {
  /** Waits a moment where the error is one that passes and has not lasted too long; throws it otherwise. Says so once. */
  bear(error: unknown, signal?: AbortSignal): Promise<null>
  /** It has answered: the next failure is a first one again. */
  relieved(): void
}

/** Goes on through failures with the given codes, `mostMs` at a stretch. */
export function patient(mostMs: number, codes: readonly ErrorCode[], services: Services): Patient {
  const { clock, cloud, events, ids } = services
  const shape = { firstMs: cloud.pollMs.first, factor: 1.5, maxMs: cloud.pollMs.longest }
  let since: number | null = null
  let attempt = 0
  return {
    bear: async (error, signal) => {
      if (!isMusterError(error, ...codes)) throw error
      if (since === null) {
        const hint = error.code === 'CredentialsExpired' ? (error.suggestions[0] ?? null) : null
        events.emit('warning', { message: `${error.message}; asking until it answers`, hint })
      }
      since ??= clock.now()
      if (clock.now() - since > mostMs) throw error
      await clock.sleep(backoffMs(shape, attempt, ids.random()), signal)
      attempt += 1
      return null
    },
    relieved: () => {
      if (since === null) return
      const seconds = Math.round((clock.now() - since) / 1000)
      events.emit('warning', { message: `the cloud answers again, after ${seconds} s`, hint: null })
      since = null
      attempt = 0
    },
  }
}

/** Nobody logs in for so long: then it is given up. */
const LOGIN_MS = 12 * 3600_000

/** Waits for a new login where credentials have expired half way, and goes on by itself; throws every other error. */
export function patientOfLogin(services: Services): Patient {
  const { clock, cloud, events } = services
  let since: number | null = null
  return {
    bear: async (error, signal) => {
      if (!isMusterError(error, 'CredentialsExpired')) throw error
      if (since === null) {
        const login = error.suggestions[0] ?? 'aws sso login'
        events.emit('credentials.expired', { why: error.message, login })
      }
      since ??= clock.now()
      if (clock.now() - since > LOGIN_MS) throw error
      await clock.sleep(cloud.pollMs.longest, signal)
      return null
    },
    relieved: () => {
      if (since === null) return
      events.emit('credentials.renewed', { ms: clock.now() - since })
      since = null
    },
  }
}
