import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { Host } from '../../core/job/record.ts'
import type { Cohort } from '../../core/plan/cohort.ts'

/** Hosts in rank order with the names that users see. */
export function fleetHosts(cohort: Cohort, facts: InstanceFacts): Host[] {
  return cohort.nodes.map((node, index) => ({
    id: node.id,
    name: `node-${index}`,
    ip: node.privateIp ?? '',
    slots: facts.cores,
  }))
}
