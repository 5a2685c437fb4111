import { exhaustive } from '../../kit/exhaustive.ts'
import { NODE_STAGES, type NodeStage, type ObservedFleet, type ObservedNode } from '../fleet/observed.ts'
import type { StorageSpec } from '../fleet/storage-spec.ts'
import { afterStorage, laterStorage, plannedStorage } from './storage-effects.ts'
import type { Action, FleetPlan, LaunchWork, StageWork, NodesAction } from './action.ts'

/** Twice what any plan needs: group, launch, boot, storage, stages. */
const ROUNDS = 12

/**
 * Everything that a loop of planning and acting would do if all went well, in order: each round is planned by the same pure
 * function, on the world as the round before would have left it. What it would make has made-up ids; `storage` is what is wanted of it.
 */
export function foresee(
  seen: ObservedFleet,
  decide: (seen: ObservedFleet) => FleetPlan,
  storage: StorageSpec | null = null,
): Action[] {
  return foreseen(seen, decide, storage).actions
}

/** The world that this would leave. */
export function foreseeWorld(
  seen: ObservedFleet,
  decide: (seen: ObservedFleet) => FleetPlan,
  storage: StorageSpec | null = null,
): ObservedFleet {
  return foreseen(seen, decide, storage).world
}

function foreseen(
  seen: ObservedFleet,
  decide: (seen: ObservedFleet) => FleetPlan,
  storage: StorageSpec | null,
): { readonly actions: Action[]; readonly world: ObservedFleet } {
  const actions = new Map<string, Action>()
  let world = seen
  for (let round = 0; round < ROUNDS; round += 1) {
    const plan = decide(world)
    if (plan.failure || plan.converged) break
    for (const action of plan.actions) {
      if (!actions.has(action.id)) actions.set(action.id, action)
      world = after(world, action, storage)
    }
    world = later(world)
  }
  return { actions: [...actions.values()], world }
}

function after(world: ObservedFleet, action: Action, wanted: StorageSpec | null): ObservedFleet {
  if ('storageId' in action) return { ...world, storage: afterStorage(world.storage, action) }
  if ('nodeIds' in action) return changed(world, action.nodeIds, (node) => afterOn(node, action))
  switch (action.kind) {
    case 'create-security-group':
      return { ...world, securityGroup: { id: 'new' } }
    case 'create-placement-group':
      return { ...world, placementGroup: { name: 'new', state: 'available' } }
    case 'create-template':
      return { ...world, template: { id: 'new', version: 1, fingerprint: '', createdAt: null } }
    case 'launch-cohort':
      return { ...world, nodes: [...world.nodes, ...launched(action)] }
    case 'create-storage':
      return { ...world, storage: [...world.storage, plannedStorage(world.name, wanted)] }
    case 'delete-stray':
      return world
    case 'delete-template':
      return { ...world, template: null }
    case 'delete-placement-group':
      return { ...world, placementGroup: null }
    case 'delete-security-group':
      return { ...world, securityGroup: null }
    default:
      return exhaustive(action)
  }
}

function afterOn(node: ObservedNode, action: NodesAction): ObservedNode {
  switch (action.kind) {
    case 'mark-draining':
      return action.until === null ? { ...node, draining: true } : { ...node, replacedBy: action.until }
    case 'resize-cohort':
      return { ...node, cohort: action.cohort }
    case 'terminate-nodes':
      return { ...node, state: 'terminated', online: false }
    case 'install-nodes':
    case 'mount-storage':
    case 'trust-nodes':
    case 'verify-nodes':
      return { ...node, stages: new Set([...node.stages, doneBy(action)]) }
    default:
      return exhaustive(action)
  }
}

/** What only time brings. */
function later(world: ObservedFleet): ObservedFleet {
  return {
    ...world,
    placementGroup: world.placementGroup?.state === 'deleting' ? null : world.placementGroup,
    storage: laterStorage(world.storage),
    nodes: world.nodes.map(aged),
  }
}

function aged(node: ObservedNode): ObservedNode {
  if (node.state === 'pending' || node.state === 'running') return { ...node, state: 'running', online: true }
  if (node.state === 'stopping') return { ...node, state: 'stopped' }
  return node.state === 'shutting-down' ? { ...node, state: 'terminated' } : node
}

function launched({ cohort, count, instanceType, zone, purchase }: LaunchWork): ObservedNode[] {
  const born = {
    cohort,
    instanceType,
    zone,
    state: 'pending',
    online: false,
    stateReason: null,
    endedAt: null,
    efaInterfaces: 0,
    purchase: purchase === 'reservation' ? 'on-demand' : purchase,
    topology: [],
    lead: false,
    maxLifeS: null,
    mark: null,
    draining: false,
    replacedBy: null,
  } as const
  return Array.from({ length: count }, (_, at) => ({
    ...born,
    id: `new-${cohort}-${String(at).padStart(4, '0')}`,
    privateIp: null,
    hostname: null,
    launchedAt: 0,
    stages: new Set<NodeStage>(),
  }))
}

function doneBy({ kind }: StageWork): NodeStage {
  const stages = { 'install-nodes': 0, 'mount-storage': 1, 'trust-nodes': 2, 'verify-nodes': 3 } as const
  return NODE_STAGES[stages[kind]]
}

function changed(
  world: ObservedFleet,
  ids: readonly string[],
  change: (node: ObservedNode) => ObservedNode,
): ObservedFleet {
  return { ...world, nodes: world.nodes.map((node) => (ids.includes(node.id) ? change(node) : node)) }
}
