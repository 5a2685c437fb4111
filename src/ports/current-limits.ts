import type { FleetLimits } from '../core/fleet/limits.ts'
import type { FleetSpec } from '../core/fleet/spec.ts'

/** What fleets may cost as their muster.yaml says now: whoever raises a limit means the jobs that wait at it. */
export interface CurrentLimits {
  /** Those that the description has where the file is not there any more, is broken, or does not describe the fleet. Never throws. */
  of(spec: FleetSpec): Promise<FleetLimits>
}
