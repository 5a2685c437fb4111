import { isMusterError } from '../../core/errors/muster-error.ts'
import { backoffMs } from '../../kit/backoff.ts'
import type { Services } from '../services.ts'

/** What is waited for, and how long at most. */
export interface CapacityWait {
  readonly fleet: string
  readonly nodes: number
  /** How long a ladder whose rungs have all refused is begun again, in milliseconds from now; null is not at all. */
  readonly mostMs: number | null
}

export interface WaitsForCapacity {
  /** Waits a while and returns true where room may come; false where it is no lack of room, or the time is up. */
  bear(error: unknown): Promise<boolean>
}

/**
 * Between two climbs of the whole ladder: with jitter, so that many who wait do not come back at once, and longer each time. On AWS a
 * quarter of a minute at first and two minutes at most: room comes in minutes, and every attempt costs calls.
 */
export function waitsForCapacity(
  { fleet, nodes, mostMs }: CapacityWait,
  services: Services,
  signal: AbortSignal,
): WaitsForCapacity {
  const { clock, cloud, events, ids } = services
  const shape = { firstMs: 15 * cloud.pollMs.first, factor: 2, maxMs: 12 * cloud.pollMs.longest }
  const until = mostMs === null ? null : clock.now() + mostMs
  let attempt = 0
  return {
    async bear(error) {
      if (!isMusterError(error, 'CapacityShortage') || until === null) return false
      const leftMs = until - clock.now()
      if (leftMs <= 0) return false
      const delayMs = Math.min(leftMs, backoffMs(shape, attempt, ids.random()))
      attempt += 1
      events.emit('capacity.waiting', { fleet, nodes, attempt, delayMs, until, reason: error.message })
      await clock.sleep(delayMs, signal)
      return true
    },
  }
}
