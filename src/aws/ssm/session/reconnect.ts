import { backoffMs } from '../../../kit/backoff.ts'
import { isMusterError } from '../../../core/errors/muster-error.ts'
import type { Clock } from '../../../ports/clock.ts'
import { isAwsClass } from '../../error-map.ts'
import type { SessionHandle } from './data-channel.ts'
import { openLine, type Line, type LineEvents } from './line.ts'

/** A lid that was shut, another network: AWS itself keeps a session without a client for its idle time, 20 minutes by default. */
const TRY_MS = 300_000
/** The plugin's waits (src/config/config.go). */
const WAITS = { firstMs: 200, factor: 2, maxMs: 5000 }

/**
 * Another line for a session whose line broke; null where the session is over. Rejects with what stood in the way last when five
 * minutes have passed, and at once where the cloud refuses or the signal is aborted.
 */
export async function reconnected(
  session: SessionHandle,
  events: LineEvents,
  clock: Clock,
  signal: AbortSignal,
): Promise<Line | null> {
  const deadline = clock.now() + TRY_MS
  for (let attempt = 0; ; attempt += 1) {
    try {
      const address = await session.resume()
      return address === null ? null : await openLine(address.url, address.token, events)
    } catch (error) {
      const passing = isAwsClass(error, 'unreachable', 'throttle') || !isMusterError(error)
      if (!passing || clock.now() > deadline) throw error
    }
    await clock.sleep(backoffMs(WAITS, attempt, Math.random()), signal)
  }
}
