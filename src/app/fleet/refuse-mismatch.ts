import { MusterError } from '../../core/errors/muster-error.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { cohortsOf } from '../../core/plan/cohort.ts'

/**
 * A fleet that is up, whole and other than what is wanted is not replaced behind its owner's back.
 *
 * @throws MusterError FleetMismatch.
 */
export function refuseMismatch(wanted: FleetSpec, observed: ObservedFleet, efaInterfaces: number): void {
  const up = cohortsOf(observed.nodes).filter((cohort) => cohort.index >= 0 && cohort.nodes.length === cohort.size)
  const suggestions = [`muster down ${wanted.name}`]
  for (const cohort of up) {
    const type = cohort.nodes[0]?.instanceType
    if (type !== undefined && !wanted.types.includes(type)) {
      throw new MusterError(
        'FleetMismatch',
        `fleet ${wanted.name} is up with ${type}, but ${wanted.types.join(' or ')} is wanted`,
        { suggestions },
      )
    }
    // Interfaces of a running node cannot be changed, and MPI over TCP instead would be slow in silence.
    const poor = cohort.nodes.find((node) => (node.efaInterfaces ?? efaInterfaces) < efaInterfaces)
    if (poor) {
      throw new MusterError(
        'FleetMismatch',
        `fleet ${wanted.name} is up with EFA x${poor.efaInterfaces} on ${poor.id}, but EFA x${efaInterfaces} is wanted`,
        { suggestions: [...suggestions, `efa: off in fleets.${wanted.name} of muster.yaml`] },
      )
    }
    if (cohort.size < wanted.nodes) {
      throw new MusterError(
        'FleetMismatch',
        `fleet ${wanted.name} is up with ${cohort.size} nodes, but ${wanted.nodes} are wanted`,
        {
          suggestions: [...suggestions, `use --nodes ${cohort.size}`],
        },
      )
    }
  }
}
