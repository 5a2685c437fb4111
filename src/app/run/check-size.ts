import { MusterError } from '../../core/errors/muster-error.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { JobSpec } from '../../core/job/spec.ts'

/**
 * Refuses, before anything is made, a job that is larger than its fleet may become.
 *
 * @throws MusterError UsageInvalid, naming the limit.
 */
export function checkSize(job: Pick<JobSpec, 'nodes'>, { name, maxNodes }: Pick<FleetSpec, 'name' | 'maxNodes'>): void {
  if (job.nodes <= maxNodes) return
  throw new MusterError(
    'UsageInvalid',
    `the job asks for ${job.nodes} nodes, but fleet ${name} has at most ${maxNodes}`,
    {
      suggestions: [`--nodes ${maxNodes}`, `nodes: {max: ${job.nodes}} in fleets.${name} of muster.yaml`],
    },
  )
}
