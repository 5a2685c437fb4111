import { efaOfFleet } from '../../core/fleet/efa.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { CloudFacts, Services } from '../services.ts'

/** Whether MPI must use EFA, and fail where it cannot. */
export function mustUseEfa(fleet: FleetSpec, facts: InstanceFacts, { fabric }: CloudFacts): boolean {
  return fabric === 'efa' && efaOfFleet(fleet, facts) > 0
}

/** Says, once a run and after the fleet has been verified, where the type has EFA and MPI runs over TCP all the same. */
export function sayFabric(fleet: FleetSpec, facts: InstanceFacts, { cloud, events }: Services): void {
  if (facts.efaInterfaces === 0 || mustUseEfa(fleet, facts, cloud)) return
  const efaInterfaces = efaOfFleet(fleet, facts)
  if (efaInterfaces > 0) {
    events.emit('fabric.rehearsed', { fleet: fleet.name, efaInterfaces })
    return
  }
  const { instanceType, efaInterfaces: most } = facts
  const why = fleet.efa === 'off' ? 'off' : 'placement'
  events.emit('fabric.unused', { fleet: fleet.name, instanceType, efaInterfaces: most, why })
}
