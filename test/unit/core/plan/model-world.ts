import { BUILT_IN_FLEET } from '../../../../src/config/settings.ts'
import { buildLadder } from '../../../../src/core/capacity/ladder.ts'
import { exhaustive } from '../../../../src/kit/exhaustive.ts'
import { emptyFleet, type ObservedFleet, type ObservedNode } from '../../../../src/core/fleet/observed.ts'
import type { InstanceFacts } from '../../../../src/core/fleet/instance-facts.ts'
import type { FleetSpec } from '../../../../src/core/fleet/spec.ts'
import type { Action, FleetPlan, LaunchWork, NodesAction } from '../../../../src/core/plan/action.ts'
import { observedStorage } from '../../../fakes/observed-storage.ts'
import { applyToStorage, settleStorage } from './model-storage.ts'

/** A world as simple as can be, on which plans are carried out: everything works at once, time passes by `settle`. */
export const NOW = Date.UTC(2026, 0, 1)

export const facts: InstanceFacts = {
  instanceType: 'hpc7g.16xlarge',
  architecture: 'arm64',
  cores: 64,
  vcpus: 64,
  memoryMiB: 131072,
  gpus: 0,
  efaInterfaces: 1,
  networkCards: [{ index: 0, maxInterfaces: 4, kinds: null }],
  placements: ['cluster', 'spread', 'partition'],
  purchases: ['on-demand'],
  ena: 'required',
  zones: ['us-east-1a', 'us-east-1b'],
}

export function spec(overrides: Partial<FleetSpec> = {}): FleetSpec {
  return { ...BUILT_IN_FLEET, ...overrides }
}

/** What is known of a fleet's types and of the ways to get them; nothing has refused. */
export function known(wanted: FleetSpec, types: readonly InstanceFacts[] = [facts]) {
  const prices = { onDemand: () => null, spot: () => null }
  const ladder = buildLadder({ wanted, types, reservations: [], prices, now: NOW })
  return { wanted, types, ladder, shortages: [], earlier: [] }
}

function launchedBy({ cohort, instanceType, zone, purchase }: LaunchWork): Partial<ObservedNode> {
  const bought = purchase === 'reservation' ? 'on-demand' : purchase
  return { cohort, instanceType, zone, purchase: bought, state: 'pending', online: false }
}

export function node(id: string, overrides: Partial<ObservedNode> = {}): ObservedNode {
  return {
    id,
    cohort: 'c0x4',
    instanceType: 'hpc7g.16xlarge',
    zone: 'us-east-1a',
    efaInterfaces: 1,
    state: 'running',
    stateReason: null,
    endedAt: null,
    privateIp: '172.31.0.5',
    hostname: 'ip-172-31-0-5.ec2.internal',
    launchedAt: NOW,
    maxLifeS: null,
    purchase: 'on-demand',
    topology: [],
    online: true,
    draining: false,
    lead: false,
    replacedBy: null,
    mark: null,
    stages: new Set(),
    ...overrides,
  }
}

const STAGE = {
  'install-nodes': 'installed',
  'mount-storage': 'mounted',
  'trust-nodes': 'trusted',
  'verify-nodes': 'verified',
} as const

/** The world after one action of a plan. */
export function apply(world: ObservedFleet, action: Action): ObservedFleet {
  if ('storageId' in action) return { ...world, storage: applyToStorage(world.storage, action) }
  if ('nodeIds' in action) {
    const ids = new Set(action.nodeIds)
    return mapNodes(world, (each) => (ids.has(each.id) ? applyTo(each, action) : each))
  }
  switch (action.kind) {
    case 'create-security-group':
      return { ...world, securityGroup: { id: 'sg-1' } }
    case 'create-placement-group':
      return { ...world, placementGroup: { name: `muster-${world.name}`, state: 'available' } }
    case 'create-template':
      return { ...world, template: { id: 'lt-1', version: 1, fingerprint: 'f', createdAt: null } }
    case 'launch-cohort': {
      const made = Array.from({ length: action.count }, (_, index) =>
        node(`i-${action.cohort}-${index}`, launchedBy(action)),
      )
      return { ...world, nodes: [...world.nodes, ...made] }
    }
    case 'create-storage':
      return { ...world, storage: [...world.storage, observedStorage({ state: 'creating' })] }
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

function applyTo(each: ObservedNode, action: NodesAction): ObservedNode {
  switch (action.kind) {
    case 'mark-draining':
      return action.until === null ? { ...each, draining: true } : { ...each, replacedBy: action.until }
    case 'resize-cohort':
      return { ...each, cohort: action.cohort }
    case 'terminate-nodes':
      return { ...each, state: 'shutting-down', online: false }
    case 'install-nodes':
    case 'mount-storage':
    case 'trust-nodes':
    case 'verify-nodes':
      return { ...each, stages: new Set([...each.stages, STAGE[action.kind]]) }
    default:
      return exhaustive(action)
  }
}

/** What time brings: nodes start and register, or end; file systems become available, or go. */
export function settle(world: ObservedFleet): ObservedFleet {
  return mapNodes({ ...world, storage: settleStorage(world.storage) }, (each) => {
    if (each.state === 'pending' || each.state === 'running') return { ...each, state: 'running', online: true }
    if (each.state === 'stopping') return { ...each, state: 'stopped' }
    if (each.state === 'shutting-down') return { ...each, state: 'terminated' }
    return each
  })
}

function mapNodes(world: ObservedFleet, change: (each: ObservedNode) => ObservedNode): ObservedFleet {
  return { ...world, nodes: world.nodes.map(change) }
}

/** Plans, acts and lets time pass until the plan is converged; throws where that takes more rounds than it may. */
export function converge(
  world: ObservedFleet,
  decide: (world: ObservedFleet) => FleetPlan,
  rounds = 12,
): { world: ObservedFleet; actions: Action[] } {
  const actions: Action[] = []
  let now = world
  for (let round = 0; round < rounds; round += 1) {
    const plan = decide(now)
    if (plan.failure) throw new Error(plan.failure.message)
    if (plan.converged) return { world: now, actions }
    for (const action of plan.actions) now = apply(now, action)
    actions.push(...plan.actions)
    now = settle(now)
  }
  throw new Error(`not converged after ${rounds} rounds`)
}

export const nothing = emptyFleet('hpc')
