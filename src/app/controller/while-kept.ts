import type { Lease } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'

/** So often in the time of a lease it is renewed. */
const OFTEN = 3
/** A tick that has not ended after so many leases hangs: then another may lead. */
const MOST_LEASES = 10

/**
 * Renews the lead while `work` lasts: to begin a thousand runs takes longer than a lease, and who does is not dead. A lead that is lost
 * meanwhile stays lost: the store refuses what is written under it.
 */
export async function whileKept<T>(
  lease: Lease,
  forMs: number,
  { queue, clock }: Pick<Services, 'queue' | 'clock'>,
  work: () => Promise<T>,
): Promise<T> {
  const over = new AbortController()
  const renewing = (async () => {
    for (let times = 0; times < OFTEN * MOST_LEASES; times += 1) {
      await clock.sleep(forMs / OFTEN, over.signal)
      if ((await queue.renew(lease, forMs, clock.now())) === null) return
    }
  })().catch(() => undefined)
  try {
    return await work()
  } finally {
    over.abort()
    await renewing
  }
}
