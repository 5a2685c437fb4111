import type { Services } from '../services.ts'

/** Every fleet of which the cloud shows anything, sorted: what tags say, not what a laptop remembers. */
export async function fleetNames({ compute, storage }: Services): Promise<string[]> {
  const names = await Promise.all([compute.fleets(), storage.fleets()])
  return [...new Set(names.flat())].toSorted()
}
