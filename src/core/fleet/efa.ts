import type { InstanceFacts } from './instance-facts.ts'
import { efaCount, networkLayout } from './network-layout.ts'
import type { FleetSpec } from './spec.ts'

/** Whether a fleet's nodes get EFA: `auto` is where the type has it and the nodes are placed close together. */
export function wantsEfa({ efa, placement }: FleetSpec, facts: InstanceFacts): boolean {
  if (facts.efaInterfaces === 0 || efa === 'off') return false
  return efa === 'required' || placement === 'cluster'
}

/** How many EFA devices each node of the fleet has; 0 where it has none. */
export function efaOfFleet(spec: FleetSpec, facts: InstanceFacts): number {
  return efaCount(networkLayout(facts, wantsEfa(spec, facts)))
}
