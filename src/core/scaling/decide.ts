import type { ScalableNode, ScalingDecision, ScalingInput, Unserved } from './input.ts'
import { shapeCohorts } from './shape-cohorts.ts'
import { wantedSize } from './wanted-size.ts'

/**
 * How a fleet's size changes now. Whatever the policy: never more than the most, never beyond what can be paid, never a busy node,
 * and a task that needs many nodes at once is never left waiting while idle nodes of small cohorts take up the room for its own.
 */
export function decideScaling(input: ScalingInput): ScalingDecision {
  const { nodes, min, max, unserved } = input
  const wanted = wantedSize(input)
  if (nodes.length > max) return shrink(input, nodes.length - max, { kind: 'above-max', max }, 0)
  const least = Math.max(min, wanted.nodes)
  if (least > nodes.length) {
    const why = wanted.nodes < min ? ({ kind: 'below-min', min } as const) : wanted.why
    return grow(input, Math.min(least, max) - nodes.length, why)
  }
  if (unserved.length > 0 && wanted.nodes >= nodes.length) return { launch: [], end: [], why: wanted.why }
  // A policy that goes by a metric may never ask for less: a fleet that has nothing at all to do shrinks all the same.
  const isDrained = input.waiting.length === 0 && !nodes.some((node) => node.isBusy)
  const kept = input.policy.kind === 'queue' || isDrained ? min : Math.max(min, wanted.nodes)
  const spare = nodes.length - kept
  return spare > 0 ? shrink(input, spare, { kind: 'idle', nodes: 0 }, input.idleMs) : NOTHING
}

const NOTHING: ScalingDecision = { launch: [], end: [], why: { kind: 'nothing' } }

function grow(input: ScalingInput, room: number, why: ScalingDecision['why']): ScalingDecision {
  const affordable = Math.max(0, Math.floor(input.affordable))
  const launch = shapeCohorts(input.unserved, Math.min(room, affordable), input.coresPerNode, room)
  if (launch.length > 0) return { launch, end: [], why }
  if (affordable < largestOf(input.unserved)) return { launch: [], end: [], why: { kind: 'limit', affordable } }
  return makeRoom(input)
}

/** The first task in the queue that fits nowhere, though the fleet may be so large: idle nodes go so that its cohort can come. */
function makeRoom(input: ScalingInput): ScalingDecision {
  const first = input.unserved.find((task) => task.nodes <= input.max)
  if (!first) return NOTHING
  const missing = first.nodes - (input.max - input.nodes.length)
  const idle = idleNodes(input, 0)
  if (missing <= 0 || idle.length === 0) return NOTHING
  const end = idle.slice(0, missing).map((node) => node.id)
  return { launch: [], end, why: { kind: 'make-room', nodes: first.nodes } }
}

function shrink(input: ScalingInput, most: number, why: ScalingDecision['why'], idleMs: number): ScalingDecision {
  const end = idleNodes(input, idleMs).slice(0, most)
  if (end.length === 0) return NOTHING
  return {
    launch: [],
    end: end.map((node) => node.id),
    why: why.kind === 'idle' ? { kind: 'idle', nodes: end.length } : why,
  }
}

/**
 * Nodes that have had nothing to do for so long: whole cohorts first, the newest before the oldest, and within one those at the end of
 * the rank order, so that what stays is whole and close together.
 */
function idleNodes({ nodes, now }: ScalingInput, idleMs: number): ScalableNode[] {
  const isIdle = (node: ScalableNode) =>
    !node.isBusy && !node.isBooting && node.idleSince !== null && now - node.idleSince >= idleMs
  const cohorts = [...Map.groupBy(nodes, (node) => node.cohort).values()].map((members) => ({
    idle: members.filter(isIdle).toReversed(),
    isWhole: members.every(isIdle),
  }))
  return cohorts
    .toReversed()
    .toSorted((a, b) => Number(b.isWhole) - Number(a.isWhole))
    .flatMap((cohort) => cohort.idle)
}

function largestOf(tasks: readonly Unserved[]): number {
  return Math.max(0, ...tasks.map((task) => task.nodes))
}
