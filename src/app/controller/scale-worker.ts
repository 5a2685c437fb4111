import { cohortViews, scalableNodes, supplyOf } from '../../core/queue/fleet-now.ts'
import { decideScaling } from '../../core/scaling/decide.ts'
import { idleTimeMs } from '../../core/scaling/idle-time.ts'
import type { ScalableNode, ScalingDecision } from '../../core/scaling/input.ts'
import type { NodeRange } from '../../core/scaling/range-in-force.ts'
import { unservedOf } from '../../core/scaling/unserved.ts'
import type { Holding, Waiting } from '../../core/scheduling/input.ts'
import type { Services } from '../services.ts'
import type { Means } from './budget.ts'
import type { FleetWorker } from './fleet-worker.ts'
import { lastChange, noteChange } from './last-change.ts'
import { mostNodes } from './most-nodes.ts'

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
  /** How few and how many nodes it may have now. */
  readonly range: NodeRange
  readonly means: Means
}

/** Takes a fleet towards the size that its policy wants, or away when nothing is left to do. */
export async function scaleWorker(one: FleetWorker, view: ScaleView, services: Services): Promise<void> {
  const now = services.clock.now()
  const spec = one.spec()
  const nodes = one.observed()?.nodes ?? []
  const views = cohortViews(nodes, {
    fleet: spec.name,
    types: one.types(),
    // Those that are being checked will most likely be used again in a moment.
    resting: one.leaving,
    readyAt: now + view.bootMs,
    now,
  })
  const coresPerNode = one.types()[0]?.cores ?? 1
  const coming = one.pending().map((launch, nth) => ({ cohort: `pending-${nth}`, nodes: launch.nodes }))
  const unserved = unservedOf(view.left, [...supplyOf(views, view.held), ...coming], coresPerNode)
  const known = scalableNodes(nodes, view.held, one.idleSince)
  const waiting = view.all.filter((task) => task.fleet === spec.name)
  const isLastCall = view.isLastCall || view.means.isSpentOut
  const idleMs = isLastCall ? 0 : idleTimeMs(spec)
  const isDrained = waiting.length === 0 && view.held.size === 0 && coming.length === 0
  // At the last call nothing is kept: that is what whoever works the queue was told.
  const min = isLastCall ? 0 : view.range.min
  if (isDrained && min === 0 && known.every((node) => isIdleFor(node, idleMs, now))) {
    if (!one.isGone()) await takeAway(one, services)
    return
  }
  const decision = decideScaling({
    policy: spec.scaling.policy,
    now,
    min,
    max: mostNodes(spec, view.range, waiting, nodes),
    affordable: view.means.nodes,
    idleMs,
    nodes: [...known, ...coming.flatMap(booting)],
    coresPerNode,
    waiting,
    unserved,
    lastChangeAt: await lastChange(one.name, services.queue),
  })
  await noteDecision(one, decision, services)
  one.apply(decision, view.held)
}

async function takeAway(one: FleetWorker, { queue }: Services): Promise<void> {
  await noteChange(one.name, null, queue)
  one.remove()
}

/** Where anything is about to be made or ended; AWS that has refused is asked later. */
async function noteDecision(
  one: FleetWorker,
  { launch, end, why }: ScalingDecision,
  services: Services,
): Promise<void> {
  const grows = launch.length > 0 && one.blocked() === null
  if (!grows && end.length === 0) return
  await noteChange(one.name, services.clock.now(), services.queue)
  services.events.emit('queue.scaling', { fleet: one.name, launch: grows ? launch : [], end: end.length, why })
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
