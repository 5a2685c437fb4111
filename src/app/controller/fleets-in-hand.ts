import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { JobStore } from '../../ports/job-store.ts'

const NOTE = 'fleets'

/**
 * The fleets that the queue has raised, as they are described: whoever works the queue next has to take them down, though no task that
 * is left names them.
 */
export async function fleetsInHand(queue: JobStore): Promise<readonly FleetSpec[]> {
  const text = await queue.note(NOTE)
  return text === null ? [] : (JSON.parse(text) as FleetSpec[])
}

/** Written before anything of a fleet is made, and when all of it is gone. */
export async function keepInHand(fleets: readonly FleetSpec[], queue: JobStore): Promise<void> {
  await queue.setNote(NOTE, fleets.length === 0 ? null : JSON.stringify(fleets))
}
