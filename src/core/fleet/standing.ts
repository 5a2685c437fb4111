import type { FleetSpec } from './spec.ts'

/**
 * Seconds without a job after which a node ends itself; null never. Where a fleet is to have a least number of nodes only whoever works
 * the queue knows which may go: its nodes would end themselves below it, and be launched again and again.
 */
export function ownIdleS(fleet: FleetSpec): number | null {
  return standsByItself(fleet) ? null : fleet.idleS
}

/** Whether the fleet is ever to have nodes without any work: by its fewest nodes, or those of a schedule. */
export function standsByItself({ minNodes, scaling }: FleetSpec): boolean {
  return minNodes > 0 || scaling.schedules.some(({ min }) => min !== null && min > 0)
}
