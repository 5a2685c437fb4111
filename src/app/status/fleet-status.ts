import { isAlive, type ObservedFleet, type ObservedNode } from '../../core/fleet/observed.ts'
import { holdsUnexported } from '../../core/fleet/observed-storage.ts'
import { isQuarantined } from '../../core/fleet/quarantine.ts'
import { cohortsOf, isWhole, type Cohort } from '../../core/plan/cohort.ts'
import { isReady } from '../../core/plan/plan-raise.ts'
import { stageOf } from '../fleet/phase-times.ts'
import type { FleetMoney, FleetStatus } from '../results/status.ts'

/** What a fleet says of its end where it has said nothing. */
export const NO_NOTE: { readonly endsAt: number | null; readonly spentAt: number | null } = {
  endsAt: null,
  spentAt: null,
}

/** A fleet as it is shown. `usdOf` is what a node has cost, by instance id. */
export function fleetStatus(
  observed: ObservedFleet,
  money: FleetMoney,
  ends: typeof NO_NOTE,
  usdOf: (id: string) => number | null,
): Omit<FleetStatus, 'quarantined'> {
  const alive = observed.nodes.filter(isAlive)
  const nodes = cohortsOf(alive).flatMap((cohort) => nodesOf(cohort))
  return {
    name: observed.name,
    state: stateOf(observed),
    instanceType: alive[0]?.instanceType ?? null,
    since: alive.length === 0 ? null : Math.min(...alive.map((node) => node.launchedAt)),
    nodes: nodes.map((node) => ({ ...node, usd: usdOf(node.id) })),
    storage: observed.storage.map(({ id, state, capacityGiB, contract }) => ({
      id,
      state,
      capacityGiB,
      onTeardown: contract.onTeardown,
      exportTo: contract.exportTo,
      unexported: holdsUnexported({ contract }),
    })),
    money,
    endsAt: ends.endsAt,
    most: mostOf(alive, ends.spentAt),
  }
}

function mostOf(nodes: readonly ObservedNode[], spentAt: number | null): FleetStatus['most'] {
  const lives = nodes.flatMap((node) => (node.maxLifeS === null ? [] : [node.launchedAt + node.maxLifeS * 1000]))
  const oldest = lives.length === 0 ? null : Math.min(...lives)
  if (spentAt !== null && (oldest === null || spentAt < oldest)) return { at: spentAt, why: 'spending limit' }
  return oldest === null ? null : { at: oldest, why: 'maximum life' }
}

type NodeStatus = Omit<FleetStatus['nodes'][number], 'usd'>

function nodesOf(cohort: Cohort): NodeStatus[] {
  const { nodes, draining, lost } = cohort
  return [
    ...nodes.map((node, rank) => nodeStatus(node, cohort, rank)),
    ...[...draining, ...lost].map((node) => nodeStatus(node, cohort, null)),
  ]
}

/** Jobs know their nodes by rank: `node-0` is the first of every cohort. */
function nodeStatus(node: ObservedNode, cohort: Cohort, rank: number | null): NodeStatus {
  const { id, privateIp: ip, zone, topology, purchase, launchedAt: since } = node
  const name = rank === null ? '-' : `node-${rank}`
  const leaving = isQuarantined(node) ? 'quarantined' : node.draining ? 'draining' : null
  const state = (node.state === 'running' ? leaving : null) ?? stageOf(node)
  return { name, id, ip, cohort: cohort.name, rank, zone, topology, purchase, state, since }
}

function stateOf(observed: ObservedFleet): FleetStatus['state'] {
  const alive = observed.nodes.filter(isAlive)
  const isKept = observed.storage.some((one) => one.contract.onTeardown === 'keep' || holdsUnexported(one))
  if (alive.length === 0) return isKept ? 'kept' : 'leftovers'
  if (alive.every((node) => node.state === 'shutting-down')) return 'ending'
  const whole = cohortsOf(observed.nodes).find(isWhole)
  if (!whole || observed.storage.some((storage) => storage.state === 'failed')) return 'broken'
  return whole.nodes.every(isReady) ? 'ready' : 'raising'
}
