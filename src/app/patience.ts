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
      if (since === null) events.emit('warning', { message: `${error.message}; asking until it answers`, hint: null })
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
