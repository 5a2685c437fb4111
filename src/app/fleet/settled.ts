import type { Services } from '../services.ts'

/**
 * When the cloud will show all that this machine has made of a fleet (null: of any), in milliseconds since the epoch. Describe
 * calls lag behind writes: what was made a moment ago, by us or by a muster that was killed, may not be shown yet, and "the cloud shows
 * nothing" proves nothing before. A cloud that is worth asking only every so often shows things within a few such times.
 */
export function settledAt(fleet: string | null, { journal, cloud }: Services): number {
  return (journal.lastAt(fleet) ?? 0) + 3 * cloud.pollMs.longest
}

/** Waits for it; at once where nothing was made of late. */
export async function untilSettled(fleet: string | null, services: Services): Promise<void> {
  const { clock, interrupts } = services
  const leftMs = settledAt(fleet, services) - clock.now()
  if (leftMs > 0) await clock.sleep(leftMs, interrupts.signal)
}
