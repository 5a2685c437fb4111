import { MusterError } from '../../core/errors/muster-error.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { JobSpec } from '../../core/job/spec.ts'

/**
 * Refuses, before anything is made, a job that its nodes cannot run.
 *
 * @throws MusterError UsageInvalid, naming the limit.
 */
export function checkFit(job: JobSpec, facts: InstanceFacts): void {
  if (job.tasksPerNode > facts.cores) {
    throw new MusterError(
      'UsageInvalid',
      `${job.tasksPerNode} tasks per node are more than the ${facts.cores} cores of ${facts.instanceType}`,
      { suggestions: [`--tasks-per-node ${facts.cores}`] },
    )
  }
}
