/** What a fleet is taken for by whoever works the queue. */
export const WORKING_THE_QUEUE = 'working the queue'

/**
 * One muster at a time changes a fleet: two that raise, use and take down the same one would pull it from under each other.
 * Re-entrant within a process. Where other laptops are concerned the cloud's idempotency has to do.
 */
export interface FleetLocks {
  /**
   * Takes the fleet for `what` (shown to whoever is refused) or throws FleetBusy naming the holder. The lock of a process that
   * has died is taken over.
   */
  acquire(fleet: string, what: string): Promise<{ release(): Promise<void> }>
}
