import type { FleetSpec } from './spec.ts'

/**
 * Seconds without a job after which a node ends itself; null never. Where a fleet is to have a least number of nodes only whoever works
 * the queue knows which may go: its nodes would end themselves below it, and be launched again and again.
 */
export function ownIdleS(fleet: FleetSpec): number | null {
  return standsByItself(fleet) ? null : fleet.idleS
}

/** Seconds that a node lives on after a job when nobody renews its lease; null never ends. */
export function aloneS(fleet: FleetSpec): number | null {
  const least = Math.min(fleet.leaseS ?? Infinity, ownIdleS(fleet) ?? Infinity)
  return least === Infinity ? null : least
}

/** Whether the fleet is ever to have nodes without any work: by its fewest nodes, or those of a schedule. */
export function standsByItself({ minNodes, scaling }: FleetSpec): boolean {
  return minNodes > 0 || scaling.schedules.some(({ min }) => min !== null && min > 0)
}
