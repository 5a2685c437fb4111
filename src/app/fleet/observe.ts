import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { Services } from '../services.ts'

/**
 * Reads what is: machines, storage and which agents are online, side by side where they do not need each other. Who does not
 * need the agents leaves them unasked (no node is online then): what removes a fleet must not fail where Run Command does.
 */
export async function observeFleet(
  fleet: string,
  { compute, storage, remote }: Services,
  agents: 'asked' | 'unasked' = 'asked',
): Promise<ObservedFleet> {
  const [view, fileSystems] = await Promise.all([compute.observe(fleet), storage.observe(fleet)])
  const running = view.nodes.filter((node) => node.state === 'running').map((node) => node.id)
  const online = agents === 'unasked' || running.length === 0 ? new Set<string>() : await remote.online(running)
  return {
    ...view,
    nodes: view.nodes.map((node) => ({ ...node, online: online.has(node.id) })),
    storage: fileSystems,
  }
}
