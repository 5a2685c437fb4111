import { MusterError } from '../../core/errors/muster-error.ts'
import { MOST_NODES, type FleetSpec } from '../../core/fleet/spec.ts'
import type { ScaleTarget } from '../../core/plan/plan-scale.ts'

/**
 * A fleet never gets more nodes than it may have, and never loses one with a job.
 *
 * @throws MusterError LimitExceeded, FleetBusy. Nothing has been changed then.
 */
export function refuseScale({ name, maxNodes }: FleetSpec, { total, short }: ScaleTarget): void {
  // A fleet that is described by a number of nodes alone has no most; that number is EC2's of a single launch.
  const most = maxNodes === MOST_NODES ? Infinity : maxNodes
  if (total > most) {
    throw new MusterError(
      'LimitExceeded',
      `fleet ${name} would have ${total} nodes, and may have ${most} (nodes.max)`,
      {
        suggestions: [`muster scale ${name} ${most}`, `raise nodes.max in fleets.${name} of muster.yaml`],
      },
    )
  }
  if (short > 0) {
    const least = total + short
    throw new MusterError('FleetBusy', `fleet ${name} cannot have ${total} nodes: jobs run on all but ${least}`, {
      suggestions: [`muster scale ${name} ${least}`, 'wait for the jobs: muster status'],
    })
  }
}
