import type { ObservedNode } from '../fleet/observed.ts'

/** At most so long before its maximum life a node is begun nothing on, in milliseconds; of a short life the last tenth. */
const LAST_MS = 15 * 60_000

/** True where a node soon ends itself whatever runs on it: what would be begun there would be begun again elsewhere. */
export function isNearEnd(
  { launchedAt, maxLifeS }: Pick<ObservedNode, 'launchedAt' | 'maxLifeS'>,
  now: number,
): boolean {
  if (maxLifeS === null) return false
  const lifeMs = maxLifeS * 1000
  return launchedAt + lifeMs - now < Math.min(LAST_MS, lifeMs / 10)
}
