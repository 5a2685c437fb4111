/**
 * What a fleet, or all of a project's together, may cost, in US dollars; null is no limit. Nothing above them is bought; of what runs
 * a job is ended by `perJob`, and nodes by `total`.
 */
export interface Limits {
  /** An hour of all of it. */
  readonly perHour: number | null
  /** One job: before it is begun the price of an hour times its time limit; then what all its attempts have cost. */
  readonly perJob: number | null
  /** All that the ledger has of it: when it has cost so much, nothing more is begun. */
  readonly total: number | null
  /** Above so much an hour a person is asked; null is the cloud's own threshold (`confirmAboveOf`). */
  readonly confirmAbove: number | null
}

/** What all fleets that one muster.yaml describes may cost together. */
export interface ProjectLimits {
  readonly limits: Limits
  readonly fleets: readonly string[]
  /** The folder of the file. */
  readonly folder: string
}

/** All limits that a fleet has. */
export interface FleetLimits {
  readonly limits: Limits
  /** Null where no muster.yaml describes it. */
  readonly project: ProjectLimits | null
}

export const NO_LIMITS: Limits = { perHour: null, perJob: null, total: null, confirmAbove: null }

export function isLimited({ perHour, perJob, total }: Limits): boolean {
  return perHour !== null || perJob !== null || total !== null
}

/** True where the fleet, or its project, has a limit. */
export function hasLimits({ limits, project }: FleetLimits): boolean {
  return isLimited(limits) || (project !== null && isLimited(project.limits))
}

/** What an hour may cost before a person is asked, where nothing is configured: a good deal more than one large CPU node. */
const CONFIRM_ABOVE = 50

/** In the sandbox nobody is asked unless it is configured: there it is free. Null asks never. */
export function confirmAboveOf(limits: Limits, cloud: 'sandbox' | 'aws'): number | null {
  return limits.confirmAbove ?? (cloud === 'aws' ? CONFIRM_ABOVE : null)
}
