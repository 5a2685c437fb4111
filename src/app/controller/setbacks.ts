import { isMusterError } from '../../core/errors/muster-error.ts'
import type { Services } from '../services.ts'

/** After AWS refused: some minutes, longer with each refusal in a row, with jitter so that many do not come back at once. */
const FIRST_RETRY_MS = { sandbox: 2_000, aws: 60_000 } as const
const LONGEST_RETRY_MS = 900_000
/** Another muster of this machine has it: asking costs nothing. */
const IN_USE_MS = { sandbox: 1_000, aws: 10_000 } as const

/** Why a fleet cannot grow for now. */
export interface Blocked {
  readonly message: string
  readonly code: string
  /** What to type, or to change. */
  readonly hint: string | null
  readonly until: number
}

/** What went wrong with a fleet last, and until when nothing more is tried with it. */
export interface Setbacks {
  readonly last: () => Blocked | null
  /** Null where it may be tried again. */
  readonly now: () => Blocked | null
  meet(error: unknown): void
  clear(): void
}

export function setbacks(fleet: string, { clock, cloud, events, ids }: Services): Setbacks {
  let last: (Blocked & { readonly times: number }) | null = null
  const now = () => (last !== null && last.until > clock.now() ? last : null)
  return {
    last: () => last,
    now,
    meet: (error) => {
      // Said once, however often it is met until the next try.
      if (now() !== null) return
      const message = error instanceof Error ? error.message : String(error)
      const { code, hint } = isMusterError(error)
        ? { code: error.code, hint: error.suggestions[0] ?? null }
        : { code: 'Bug', hint: null }
      const isInUse = code === 'FleetBusy'
      const isNews = !(isInUse && last?.code === code)
      const times = isInUse ? 1 : (last?.times ?? 0) + 1
      const first = isInUse ? IN_USE_MS[cloud.name] : FIRST_RETRY_MS[cloud.name]
      const wait = Math.min(LONGEST_RETRY_MS, first * 2 ** (times - 1)) * (0.5 + ids.random())
      last = { message, code, hint, until: clock.now() + wait, times }
      if (isNews) events.emit('queue.fleet-blocked', { fleet, message, retryInMs: wait })
    },
    clear: () => void (last = null),
  }
}
