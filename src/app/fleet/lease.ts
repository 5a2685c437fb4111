import { MusterError } from '../../core/errors/muster-error.ts'
import { layout } from '../../core/job/layout.ts'
import { parseRenewal, renewScript } from '../../launch/remote/renew-script.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { RemoteScript } from '../../ports/remote-exec.ts'
import type { RenewResult } from '../results.ts'
import type { Services } from '../services.ts'
import { nodeContext } from './node-context.ts'
import { observeFleet } from './observe.ts'
import { runOnNodes } from './run-on-nodes.ts'

/**
 * Renews the lease of a fleet's nodes and says when they will end themselves: their whole lease again from now on, and for `holdS`
 * seconds in any case.
 *
 * @throws MusterError FleetUnknown where no node of it answers; RenewFailed, naming a node that did not.
 */
export async function renewFleet(fleet: string, holdS: number, services: Services): Promise<RenewResult> {
  const observed = await observeFleet(fleet, services)
  const online = observed.nodes.filter((node) => node.state === 'running' && node.online).map((node) => node.id)
  if (online.length === 0) {
    throw new MusterError('FleetUnknown', `fleet ${fleet} has no node that answers: there is nothing to renew`)
  }
  return renewNodes(fleet, online, holdS, services)
}

/** The same for nodes that are known. */
export async function renewNodes(
  fleet: string,
  nodeIds: readonly string[],
  holdS: number,
  services: Services,
): Promise<RenewResult> {
  const { clock, events, objects, interrupts } = services
  const script = await renewal(holdS, services)
  const results = await runOnNodes(nodeIds, script, 'RenewFailed', services, interrupts.signal)
  const left = results.flatMap(({ stdout }) => parseRenewal(stdout) ?? [])
  const seconds = left.filter((one) => one !== 'never')
  const leftS = seconds.length === 0 ? null : Math.min(...seconds)
  const endsAt = leftS === null ? null : clock.now() + leftS * 1000
  await objects.putBytes(layout.lease(fleet), new TextEncoder().encode(JSON.stringify({ endsAt, nodeIds })))
  const result = { fleet, nodes: nodeIds.length, endsAt, leftS }
  events.emit('lease.renewed', result)
  return result
}

/**
 * When the fleet ends itself as far as the last muster knows that asked its nodes; null where nobody asked these nodes, or where they
 * never do. A job that runs makes it later.
 */
export async function leaseEnd(
  fleet: string,
  nodeIds: readonly string[],
  objects: ObjectStore,
): Promise<number | null> {
  const bytes = await objects.getBytes(layout.lease(fleet))
  if (!bytes) return null
  try {
    const { endsAt, nodeIds: asked } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
    const same = Array.isArray(asked) && nodeIds.every((id) => asked.includes(id))
    return same && typeof endsAt === 'number' ? endsAt : null
  } catch {
    return null
  }
}

export async function renewal(holdS: number, { objects }: Pick<Services, 'objects'>): Promise<RemoteScript> {
  return { comment: 'muster: renew', text: renewScript(await nodeContext(objects), { holdS }), timeoutS: 60 }
}
