import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { RaiseResult } from '../results/fleet.ts'
import type { Services } from '../services.ts'
import { renewNodes } from './lease.ts'
import { raiseFleet, type RaiseOptions } from './raise.ts'

/** Raises a fleet and leaves it up with its whole lease, which nobody renews from then on. Throws as `raiseFleet`. */
export async function raiseAndLeave(
  wanted: FleetSpec,
  services: Services,
  options?: RaiseOptions,
): Promise<RaiseResult> {
  const raised = await raiseFleet(wanted, services, options)
  return { ...raised, endsAt: await wholeLease(wanted, raised, services) }
}

/** Says that a fleet is left up, how to remove it, and when it ends itself. */
export async function leaveUp(wanted: FleetSpec, raised: RaiseResult, services: Services): Promise<void> {
  const { name: fleet } = wanted
  services.events.emit('fleet.kept', { fleet, nodes: raised.nodes.length, down: `muster down ${fleet}` })
  await wholeLease(wanted, raised, services)
}

/** A fleet that is up is up, also where its lease cannot be renewed (an older muster launched it): a warning. */
async function wholeLease(wanted: FleetSpec, raised: RaiseResult, services: Services): Promise<number | null> {
  const ids = raised.nodes.map((node) => node.id)
  try {
    return (await renewNodes(wanted, ids, 0, services)).endsAt
  } catch (error) {
    if (services.interrupts.signal.aborted) return null
    const message = `${wanted.name}: its lease could not be renewed: ${error instanceof Error ? error.message : String(error)}`
    services.events.emit('warning', { message, hint: `muster down ${wanted.name}` })
    return null
  }
}
