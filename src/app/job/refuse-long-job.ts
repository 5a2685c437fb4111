import { MusterError } from '../../core/errors/muster-error.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { JobSpec } from '../../core/job/spec.ts'

/**
 * Refuses a job that its nodes would end before its time limit does. One without a time limit runs as long as they live.
 *
 * @throws MusterError UsageInvalid, naming the limit.
 */
export function refuseLongJob(
  { timeLimitS }: Pick<JobSpec, 'timeLimitS'>,
  { name, maxLifeS }: Pick<FleetSpec, 'name' | 'maxLifeS'>,
): void {
  if (timeLimitS === null || maxLifeS === null || timeLimitS <= maxLifeS) return
  const message = `the job may run for ${hours(timeLimitS)}, and nodes of fleet ${name} end themselves after ${hours(maxLifeS)}`
  throw new MusterError('UsageInvalid', message, {
    suggestions: [
      `maxLife: ${Math.ceil(timeLimitS / 3600) + 1}h in fleets.${name} of muster.yaml`,
      'a shorter --time-limit',
    ],
  })
}

function hours(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  return seconds < 3600 ? `${Math.round(seconds / 6) / 10} min` : `${Math.round(seconds / 360) / 10} h`
}
