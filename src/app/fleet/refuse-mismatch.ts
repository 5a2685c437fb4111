import { MusterError } from '../../core/errors/muster-error.ts'
import { efaOfFleet } from '../../core/fleet/efa.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { cohortsOf, isWhole, type Cohort } from '../../core/plan/cohort.ts'

/**
 * A fleet that is up, whole and other than what is wanted is not replaced behind its owner's back: where none of its cohorts will do,
 * the largest says why.
 *
 * @throws MusterError FleetMismatch.
 */
export function refuseMismatch(wanted: FleetSpec, observed: ObservedFleet, types: readonly InstanceFacts[]): void {
  const up = cohortsOf(observed.nodes).filter(isWhole)
  const refusals = up
    .toSorted((a, b) => b.nodes.length - a.nodes.length)
    .map((cohort) => refusal(wanted, cohort, types))
  const [first] = refusals
  if (first && refusals.every((each) => each !== null)) throw first
}

function refusal(wanted: FleetSpec, { nodes }: Cohort, types: readonly InstanceFacts[]): MusterError | null {
  const { name } = wanted
  const down = `muster down ${name}`
  const type = nodes[0]?.instanceType
  if (type !== undefined && !wanted.types.includes(type)) {
    return mismatch(`fleet ${name} is up with ${type}, but ${wanted.types.join(' or ')} is wanted`, [
      `muster scale ${name} --type ${wanted.types[0]}`,
      down,
    ])
  }
  const facts = types.find((one) => one.instanceType === type)
  const efaInterfaces = facts === undefined ? 0 : efaOfFleet(wanted, facts)
  // Interfaces of a running node cannot be changed, and MPI over TCP instead would be slow in silence.
  const poor = nodes.find((node) => (node.efaInterfaces ?? efaInterfaces) < efaInterfaces)
  if (poor) {
    return mismatch(
      `fleet ${name} is up with EFA x${poor.efaInterfaces} on ${poor.id}, but EFA x${efaInterfaces} is wanted`,
      [down, `efa: off in fleets.${name} of muster.yaml`],
    )
  }
  if (nodes.length >= wanted.nodes) return null
  return mismatch(`fleet ${name} is up with ${nodes.length} nodes in one cohort, but ${wanted.nodes} are wanted`, [
    `muster scale ${name} +${wanted.nodes}`,
    `use --nodes ${nodes.length}`,
    down,
  ])
}

function mismatch(message: string, suggestions: readonly string[]): MusterError {
  return new MusterError('FleetMismatch', message, { suggestions })
}
