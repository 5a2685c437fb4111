import type { Services } from '../services.ts'

/** Does `work` while no other muster changes the fleet; `what` is what somebody who is refused gets to read. */
export async function withFleetLock<T>(
  fleet: string,
  what: string,
  { locks }: Services,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await locks.acquire(fleet, what)
  try {
    return await work()
  } finally {
    await lock.release()
  }
}
