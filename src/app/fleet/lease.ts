import type { FleetSpec } from '../../core/fleet/spec.ts'
import { aloneS } from '../../core/fleet/standing.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { parseRenewal, renewScript, type Renewal } from '../../launch/remote/renew-script.ts'
import type { RemoteScript } from '../../ports/remote-exec.ts'
import type { RenewResult } from '../results/fleet.ts'
import type { Services } from '../services.ts'
import { keepLeaseNote } from './lease-note.ts'
import { nodeContext } from './node-context.ts'
import { observeFleet } from './observe.ts'
import { runOnNodes } from './run-on-nodes.ts'
import { spendingEnd } from './spending-end.ts'

/** A fleet whose lease is renewed: as it is described, or no more than its name where no file describes it. */
export type Renewed = FleetSpec | { readonly name: string; readonly limits: null }

/**
 * Renews the lease of a fleet's nodes and says when they will end themselves: their whole lease again from now on, and for `holdS`
 * seconds in any case but their own end.
 *
 * @throws MusterError FleetUnknown where no node of it answers; RenewFailed, naming a node that did not.
 */
export async function renewFleet(fleet: Renewed, holdS: number, services: Services): Promise<RenewResult> {
  const observed = await observeFleet(fleet.name, services)
  const online = observed.nodes.filter((node) => node.state === 'running' && node.online).map((node) => node.id)
  if (online.length === 0) {
    throw new MusterError('FleetUnknown', `fleet ${fleet.name} has no node that answers: there is nothing to renew`)
  }
  return renewNodes(fleet, online, holdS, services)
}

/** The same for nodes that are known. */
export async function renewNodes(
  fleet: Renewed,
  nodeIds: readonly string[],
  holdS: number,
  services: Services,
): Promise<RenewResult> {
  const { clock, events, objects, interrupts } = services
  const endS = await endFor(fleet, services)
  const script = await renewal({ holdS, isUse: false, endS }, services)
  const results = await runOnNodes(nodeIds, script, 'RenewFailed', services, interrupts.signal)
  const ends = results.flatMap(({ stdout }) => parseRenewal(stdout) ?? [])
  const now = clock.now()
  const leftS = first(ends.map(({ endsIn }) => endsIn))
  const mostS = first(ends.map(({ atMost }) => atMost))
  const at = (seconds: number | null) => (seconds === null ? null : now + seconds * 1000)
  const result = { fleet: fleet.name, nodes: nodeIds.length, endsAt: at(leftS), leftS, mostAt: at(mostS), mostS }
  const lives = fleet.limits === null ? null : aloneS(fleet)
  const spentAt = typeof endS === 'number' ? at(endS) : null
  await keepLeaseNote(fleet.name, { endsAt: result.endsAt, spentAt, aloneS: lives, nodeIds }, objects)
  events.emit('lease.renewed', result)
  return result
}

/** The script of a renewal. */
export async function renewal(what: Renewal, { objects }: Pick<Services, 'objects'>): Promise<RemoteScript> {
  return { comment: 'muster: renew', text: renewScript(await nodeContext(objects), what), timeoutS: 60 }
}

async function endFor(fleet: Renewed, services: Services): Promise<Renewal['endS']> {
  return fleet.limits === null ? 'keep' : spendingEnd(fleet, services)
}

/** The soonest; null where none ever comes. */
function first(times: readonly (number | null)[]): number | null {
  const known = times.filter((one) => one !== null)
  return known.length === 0 ? null : Math.min(...known)
}
