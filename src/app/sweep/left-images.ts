import type { ObservedImage } from '../../ports/images.ts'
import { BAKE_DEADLINE_MS } from '../image/bake.ts'
import type { Leftover } from '../results/gc.ts'
import type { Services } from '../services.ts'

/**
 * Images that a bake has left half made: those that failed, and those that are not done when every bake has given up. What a bake's node
 * has left is its fleet's; an image that is done stays, whoever began it (`muster image list`).
 */
export async function leftImages(region: string, { images, clock }: Services): Promise<Leftover[]> {
  const all = await images.observe()
  return all
    .filter(({ state, createdAt }) => isLost(state, clock.now() - createdAt))
    .map(({ id, fleet, createdAt }) => ({ region, fleet, kind: 'image', id, usdPerHour: null, createdAt, kept: null }))
}

function isLost(state: ObservedImage['state'], ageMs: number): boolean {
  return state === 'failed' || (state === 'pending' && ageMs > BAKE_DEADLINE_MS)
}
