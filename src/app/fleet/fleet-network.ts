import { MusterError } from '../../core/errors/muster-error.ts'
import { wantsEfa } from '../../core/fleet/efa.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import { networkLayout } from '../../core/fleet/network-layout.ts'
import { isAlive, type ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { fitNetwork } from '../../core/network/fit-network.ts'
import type { FleetNetwork } from '../../core/network/fleet-network.ts'

/**
 * The facts of a type with the zones that the fleet's network leaves. Addresses count for what is to be launched only: those of a
 * fleet that is up are taken already.
 *
 * @throws MusterError NetworkUnfit, naming what the network lacks. Nothing has been made then.
 */
export function factsInNetwork(
  wanted: FleetSpec,
  facts: InstanceFacts,
  network: FleetNetwork,
  observed: ObservedFleet,
): InstanceFacts {
  const efa = wantsEfa(wanted, facts)
  const layout = networkLayout(facts, efa)
  const fit = fitNetwork(wanted.name, network, {
    nodes: observed.nodes.some(isAlive) ? 0 : wanted.nodes,
    interfaces: layout.length,
    addresses: layout.filter((one) => one.kind !== 'efa-only').length,
    efa,
    zones: facts.zones,
  })
  if ('zones' in fit) return { ...facts, zones: fit.zones }
  const { code, message, suggestions } = fit.refusal
  throw new MusterError(code, message, { suggestions, data: { vpc: network.vpc, origin: network.origin } })
}
