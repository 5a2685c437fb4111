import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { QueuedTask } from '../../core/queue/eligible.ts'

/** Fleets that whoever works the queue looks after though no job asks for them. */
export interface StandingFleets {
  /** When their description was read, in milliseconds since the epoch. */
  readonly since: number
  readonly fleets: readonly FleetSpec[]
}

/** Each fleet as it was described last: by the newest of its jobs, or by the folder of whoever works the queue. */
export function describedFleets(tasks: readonly QueuedTask[], standing: StandingFleets): Map<string, FleetSpec> {
  const ofJobs = [...new Set(tasks.map(({ job }) => job))].map((job) => ({
    at: job.submittedAt,
    spec: job.description,
  }))
  const ofFolder = standing.fleets.map((spec) => ({ at: standing.since, spec }))
  const inOrder = [...ofFolder, ...ofJobs].toSorted((a, b) => a.at - b.at)
  return new Map(inOrder.map(({ spec }) => [spec.name, spec]))
}
