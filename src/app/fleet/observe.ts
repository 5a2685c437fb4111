import type { ObservedFleet } from '../../core/fleet/observed.ts'
import { keepLedger } from '../cost/keep-ledger.ts'
import type { Services } from '../services.ts'

type Paths = ReadonlyMap<string, readonly string[]>

const NO_PATHS: Paths = new Map()

/** Where a running instance stands does not change: each is asked for once a command. */
const known = new WeakMap<Services['compute'], Map<string, readonly string[]>>()

/**
 * Reads what is: machines, storage and which agents are online, side by side where they do not need each other. Who does not
 * need the agents leaves them unasked (no node is online then): what removes a fleet must not fail where Run Command does. The ledger
 * learns of every look, whoever takes it.
 */
export async function observeFleet(
  fleet: string,
  services: Services,
  agents: 'asked' | 'unasked' = 'asked',
): Promise<ObservedFleet> {
  const { compute, storage, remote } = services
  const [view, fileSystems] = await Promise.all([compute.observe(fleet), storage.observe(fleet)])
  const running = view.nodes.filter((node) => node.state === 'running').map((node) => node.id)
  const isAsked = agents === 'asked' && running.length > 0
  const nobody: ReadonlySet<string> = new Set()
  const [online, paths] = await Promise.all([
    isAsked ? remote.online(running) : nobody,
    isAsked ? topologyOf(fleet, running, services) : NO_PATHS,
    keepLedger({ ...view, storage: fileSystems }, services),
  ])
  return {
    ...view,
    nodes: view.nodes.map((node) => ({ ...node, online: online.has(node.id), topology: paths.get(node.id) ?? [] })),
    storage: fileSystems,
  }
}

/** One node has no neighbour. Where it cannot be had ranks are in the order of launch: a warning, never a failure. */
async function topologyOf(fleet: string, nodeIds: readonly string[], { compute, events }: Services): Promise<Paths> {
  const paths = known.get(compute) ?? new Map<string, readonly string[]>()
  known.set(compute, paths)
  const asked = nodeIds.filter((id) => !paths.has(id))
  if (asked.length === 0 || nodeIds.length < 2) return paths
  const found = await compute.topology(asked).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `${fleet}: ranks are in the order of launch, not of the network: ${reason}`
    events.emit('warning', { message, hint: null })
    return NO_PATHS
  })
  for (const id of asked) paths.set(id, found.get(id) ?? [])
  return paths
}
