import type { ScalableNode, ScalingDecision, ScalingInput, ScalingReason, Unserved } from './input.ts'
import { shapeCohorts } from './shape-cohorts.ts'
import { saysWhenToShrink, wantedSize, type WantedSize } from './wanted-size.ts'

/**
 * How a fleet's size changes now. Whatever the policy: never more than the most, never beyond what can be paid, never a busy node.
 * A task that needs many nodes at once is never left waiting for good: one that no cohort could ever hold gets its own, whatever the
 * policy's metric says, and room is made for it where idle nodes of small cohorts take it up.
 */
export function decideScaling(given: ScalingInput): ScalingDecision {
  const input = withoutImpossible(given)
  const { nodes, min, max, unserved } = input
  const wanted = wantedSize(input)
  if (nodes.length > max) return shrink(idleNodes(input, 0), nodes.length - max, { kind: 'above-max', max })
  const homeless = firstHomeless(input)
  const forHomeless = homeless === null ? 0 : nodes.length + homeless.nodes
  const least = Math.max(min, wanted.nodes, forHomeless)
  // Nodes that a task which waits could come to use, when others of their cohort are free, are kept.
  const idle = idleNodes(input, input.idleMs, (size) => !unserved.some((task) => task.nodes <= size))
  if (least > nodes.length) {
    const grown = grow(input, Math.min(least, max) - nodes.length, reasonOf(input, wanted, homeless), homeless)
    if (grown.launch.length > 0 || grown.end.length > 0) return grown
    const freed = shrink(idle, nodes.length - min, IDLE)
    return freed.end.length > 0 ? freed : grown
  }
  // A metric may never ask for less: a fleet that has nothing at all to do shrinks all the same.
  const isDrained = input.waiting.length === 0 && !nodes.some((node) => node.isBusy)
  const kept = saysWhenToShrink(input.policy) && !isDrained ? Math.max(min, wanted.nodes) : min
  const ended = shrink(idle, nodes.length - kept, IDLE)
  return ended.end.length > 0 ? ended : wanted.why.kind === 'cooldown' ? { ...NOTHING, why: wanted.why } : NOTHING
}

const NOTHING: ScalingDecision = { launch: [], end: [], why: { kind: 'nothing' } }
const IDLE = { kind: 'idle', nodes: 0 } as const

/** Tasks that need more than the fleet may have hold nothing up: neither growth for others nor the end of idle nodes. */
function withoutImpossible(input: ScalingInput): ScalingInput {
  const isPossible = (task: Unserved) => task.nodes <= input.max
  return { ...input, waiting: input.waiting.filter(isPossible), unserved: input.unserved.filter(isPossible) }
}

/** The first task in the queue that no cohort could hold, were all of its nodes free. */
function firstHomeless({ nodes, unserved }: ScalingInput): Unserved | null {
  const largest = Math.max(0, ...[...Map.groupBy(nodes, (node) => node.cohort).values()].map((one) => one.length))
  return unserved.find((task) => task.nodes > largest) ?? null
}

function reasonOf({ nodes, min }: ScalingInput, wanted: WantedSize, homeless: Unserved | null): ScalingReason {
  if (wanted.nodes > nodes.length && wanted.nodes >= min) return wanted.why
  if (min > nodes.length) return { kind: 'below-min', min }
  return { kind: 'work', tasks: 1, nodes: homeless?.nodes ?? 0 }
}

function grow(input: ScalingInput, room: number, why: ScalingReason, homeless: Unserved | null): ScalingDecision {
  const { unserved, coresPerNode, min, max, nodes } = input
  const affordable = Math.max(0, Math.floor(input.affordable))
  // What comes after a task that waits for room leaves it the room that there is: else it would wait for ever.
  const isKeptOut = homeless !== null && homeless.nodes > max - nodes.length
  const served = isKeptOut ? unserved.slice(0, unserved.indexOf(homeless)) : unserved
  const isForLess = isKeptOut && served.length === 0
  const least = Math.max(0, min - nodes.length)
  const launch = isForLess ? [] : shapeCohorts(served, Math.min(room, affordable), coresPerNode, room, least)
  if (launch.length > 0) return { launch, end: [], why }
  if (affordable < Math.max(0, ...unserved.map((task) => task.nodes))) {
    return { launch: [], end: [], why: { kind: 'limit', affordable } }
  }
  return isKeptOut ? makeRoom(input, homeless) : NOTHING
}

/** The fleet may be so large, but others take up the room: idle nodes that no earlier task could use go, so that its cohort can come. */
function makeRoom(input: ScalingInput, homeless: Unserved): ScalingDecision {
  const { unserved } = input
  const before = unserved.slice(0, unserved.indexOf(homeless))
  const missing = homeless.nodes - (input.max - input.nodes.length)
  const idle = idleNodes(input, 0, (size) => !before.some((task) => task.nodes <= size))
  return shrink(idle, missing, { kind: 'make-room', nodes: homeless.nodes })
}

function shrink(idle: readonly ScalableNode[], most: number, why: ScalingReason): ScalingDecision {
  const end = idle.slice(0, Math.max(0, most)).map((node) => node.id)
  if (end.length === 0) return NOTHING
  return { launch: [], end, why: why.kind === 'idle' ? { kind: 'idle', nodes: end.length } : why }
}

/**
 * Nodes that have had nothing to do for so long, of cohorts whose size may go: whole cohorts first, the newest before the oldest, and
 * within one those at the end of the rank order, so that what stays is whole and close together. The first of a cohort goes only with
 * all of it (see `victimsOf` of the planner, which would end nothing in its place).
 */
function idleNodes(
  { nodes, now }: ScalingInput,
  idleMs: number,
  mayGo: (size: number) => boolean = () => true,
): ScalableNode[] {
  const isIdle = (node: ScalableNode) =>
    !node.isBusy && !node.isBooting && node.idleSince !== null && now - node.idleSince >= idleMs
  const cohorts = [...Map.groupBy(nodes, (node) => node.cohort).values()]
    .filter((members) => mayGo(members.length))
    .map((members) => {
      const isWhole = members.every(isIdle)
      return { isWhole, idle: members.filter((node, rank) => isIdle(node) && (isWhole || rank > 0)).toReversed() }
    })
  return cohorts
    .toReversed()
    .toSorted((a, b) => Number(b.isWhole) - Number(a.isWhole))
    .flatMap((cohort) => cohort.idle)
}
