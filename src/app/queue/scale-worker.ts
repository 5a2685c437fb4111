import { MOST_NODES, type FleetSpec } from '../../core/fleet/spec.ts'
import { cohortViews, scalableNodes, supplyOf } from '../../core/queue/fleet-now.ts'
import { decideScaling } from '../../core/scaling/decide.ts'
import type { ScalableNode, ScalingDecision } from '../../core/scaling/input.ts'
import { QUEUE_DRIVEN } from '../../core/scaling/policy.ts'
import { unservedOf } from '../../core/scaling/unserved.ts'
import type { Holding, Waiting } from '../../core/scheduling/input.ts'
import type { Services } from '../services.ts'
import { affordableNodes } from './affordable.ts'
import type { FleetWorker } from './fleet-worker.ts'

export interface ScaleView {
  /** Tasks of the fleet that could run and were not placed. */
  readonly left: readonly Waiting[]
  /** All tasks that could run. */
  readonly all: readonly Waiting[]
  /** Nodes that tasks hold, those of this tick too. */
  readonly held: ReadonlySet<string>
  readonly holdings: readonly Holding[]
  /** Nothing more is expected of it: what is idle goes at once. */
  readonly isLastCall: boolean
  readonly bootMs: number
}

/** How long an idle node is kept where the fleet does not say, in milliseconds. */
const IDLE_MS = 600_000

/** Takes a fleet towards the size that its policy wants, or away when nothing is left to do. */
export async function scaleWorker(one: FleetWorker, view: ScaleView, services: Services): Promise<void> {
  const now = services.clock.now()
  const spec = one.spec()
  const nodes = one.observed()?.nodes ?? []
  const views = cohortViews(nodes, {
    fleet: spec.name,
    types: one.types(),
    quarantined: one.quarantined,
    readyAt: now + view.bootMs,
    now,
  })
  const coresPerNode = one.types()[0]?.cores ?? 1
  const coming = one.pending().map((launch, nth) => ({ cohort: `pending-${nth}`, nodes: launch.nodes }))
  const unserved = unservedOf(view.left, [...supplyOf(views, view.held), ...coming], coresPerNode)
  const known = scalableNodes(nodes, view.held, one.idleSince)
  const waiting = view.all.filter((task) => task.fleet === spec.name)
  const idleMs = view.isLastCall ? 0 : (spec.idleS ?? IDLE_MS / 1000) * 1000
  const isDrained = waiting.length === 0 && view.held.size === 0 && coming.length === 0
  if (isDrained && spec.minNodes === 0 && known.every((node) => isIdleFor(node, idleMs, now))) {
    if (!one.isGone()) one.remove()
    return
  }
  const decision = decideScaling({
    policy: QUEUE_DRIVEN.policy,
    now,
    min: spec.minNodes,
    max: mostNodes(spec, waiting),
    affordable: await affordableNodes(one, services),
    idleMs,
    nodes: [...known, ...coming.flatMap(booting)],
    coresPerNode,
    waiting,
    unserved,
    lastChangeAt: null,
  })
  say(one, decision, services)
  one.apply(decision, view.held)
}

function say(one: FleetWorker, { launch, end, why }: ScalingDecision, { events }: Services): void {
  const grows = launch.length > 0 && one.blocked() === null
  if (grows || end.length > 0) {
    events.emit('queue.scaling', { fleet: one.name, launch: grows ? launch : [], end: end.length, why })
  }
}

/** A fleet that names no most number grows to its own size, or to that of the largest task that waits. */
function mostNodes({ nodes, maxNodes }: FleetSpec, waiting: readonly Waiting[]): number {
  return maxNodes < MOST_NODES ? maxNodes : Math.max(nodes, ...waiting.map((task) => task.nodes))
}

function isIdleFor({ idleSince, isBooting }: ScalableNode, idleMs: number, now: number): boolean {
  return !isBooting && idleSince !== null && now - idleSince >= idleMs
}

function booting({ cohort, nodes }: { readonly cohort: string; readonly nodes: number }): ScalableNode[] {
  return Array.from({ length: nodes }, (_, nth) => ({
    id: `${cohort}-${nth}`,
    cohort,
    isBusy: false,
    isBooting: true,
    idleSince: null,
  }))
}
