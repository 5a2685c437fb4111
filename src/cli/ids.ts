import type { Ids } from '../ports/ids.ts'

/** Real randomness: enough for job ids and jitter, which are no secrets. */
export const randomIds: Ids = { random: () => Math.random() }
