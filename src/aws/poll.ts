import { backoffMs } from '../kit/backoff.ts'
import { DEFAULT_POLL_MS, type AwsSettings } from './settings.ts'

export type PollSettings = Pick<AwsSettings, 'clock' | 'ids' | 'pollMs'>

/**
 * Asks again and again, with growing waits, until `ask` gives something or `withinMs` have passed (then null). For what
 * AWS does not show at once: it is eventually consistent.
 */
export async function poll<T>(
  { clock, ids, pollMs = DEFAULT_POLL_MS }: PollSettings,
  withinMs: number,
  ask: () => Promise<T | undefined>,
  signal?: AbortSignal,
): Promise<T | null> {
  const deadline = clock.now() + withinMs
  const shape = { firstMs: pollMs.first, factor: 1.6, maxMs: pollMs.longest }
  for (let attempt = 0; ; attempt += 1) {
    signal?.throwIfAborted()
    const answer = await ask()
    if (answer !== undefined) return answer
    const left = deadline - clock.now()
    if (left <= 0) return null
    await clock.sleep(Math.min(left, backoffMs(shape, attempt, ids.random())), signal)
  }
}
