import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Host } from '../../core/job/record.ts'
import { cohortsOf, type Cohort } from '../../core/plan/cohort.ts'

/** The cohort that a job runs on: jobs never span cohorts. */
export function wholeCohort(observed: ObservedFleet, wanted: FleetSpec): Cohort {
  const cohort = cohortsOf(observed.nodes).find(
    (candidate) => candidate.nodes.length === candidate.size && candidate.size >= wanted.nodes,
  )
  if (!cohort) throw new TypeError(`fleet ${observed.name} has no whole cohort`)
  return cohort
}

/** Hosts in rank order with the names that users see. */
export function fleetHosts(cohort: Cohort, facts: InstanceFacts): Host[] {
  return cohort.nodes.map((node, index) => ({
    id: node.id,
    name: `node-${index}`,
    ip: node.privateIp ?? '',
    slots: facts.cores,
  }))
}
