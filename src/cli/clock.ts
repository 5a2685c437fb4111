import { sleep } from '../kit/sleep.ts'
import type { Clock } from '../ports/clock.ts'

/** Real time. */
export const systemClock: Clock = { now: () => Date.now(), sleep }
