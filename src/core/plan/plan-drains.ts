import { count } from '../../kit/count.ts'
import type { ObservedNode } from '../fleet/observed.ts'
import { isQuarantined } from '../fleet/quarantine.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import { cohortName, isWhole, type Cohort } from './cohort.ts'
import type { Draft } from './draft.ts'

/**
 * Makes a whole cohort smaller, or ends it (0 nodes): the victims are tagged as draining, the survivors with the new size, and then
 * the victims that no job runs on are ended. In this order a crash between any two calls leaves either the old cohort whole or the
 * new one.
 */
export function planShrink(plan: Draft, cohort: Cohort, nodes: number, busy: ReadonlySet<string>): void {
  const fewer = cohort.nodes.length - nodes
  const victims = victimsOf(cohort, fewer, busy)
  if (fewer > victims.length)
    plan.wait(`${count(fewer - victims.length, 'node')} of ${cohort.name} whose jobs still run`)
  if (victims.length === 0) return
  const nodeIds = victims.map((node) => node.id)
  const why =
    nodes === 0
      ? `cohort ${cohort.name} is wanted no more`
      : `${count(nodes, 'node')} ${nodes === 1 ? 'is' : 'are'} wanted`
  const marked = plan.add(`drain-${cohort.name}-${nodes}`, { kind: 'mark-draining', nodeIds, until: null }, why)
  const left = cohort.nodes.filter((node) => !victims.includes(node))
  const resized = resize(plan, { ...cohort, name: cohortName(cohort.index, left.length), nodes: left }, [marked])
  end(plan, cohort, victims, busy, [marked, ...resized])
}

/** Nodes that are quarantined and stay all the same, for somebody to look at them. */
export function keptNodes(nodes: readonly ObservedNode[], { badNodes }: Pick<FleetSpec, 'badNodes'>): ObservedNode[] {
  return badNodes === 'keep' ? nodes.filter((node) => isQuarantined(node)) : []
}

/** Goes on with what an earlier muster has begun to drain, and lets go of nodes that are quarantined. */
export function planDrains(
  plan: Draft,
  cohorts: readonly Cohort[],
  busy: ReadonlySet<string>,
  wanted: Pick<FleetSpec, 'badNodes'>,
): void {
  for (const cohort of cohorts) {
    const resized = isWhole(cohort) ? resize(plan, cohort, []) : []
    const kept = keptNodes(cohort.draining, wanted)
    const going = cohort.draining.filter((node) => !kept.includes(node))
    endBad(plan, going.filter(isQuarantined), busy, resized)
    const others = going.filter((node) => !isQuarantined(node))
    end(plan, cohort, others, busy, resized)
  }
}

/**
 * Who goes: of a whole cohort everybody, otherwise idle nodes from the highest rank down. The lead stays as long as any other
 * does, so that ranks keep their order.
 */
export function victimsOf(cohort: Cohort, most: number, busy: ReadonlySet<string>): ObservedNode[] {
  if (most <= 0) return []
  if (most >= cohort.nodes.length) return [...cohort.nodes]
  return cohort.nodes
    .slice(1)
    .filter((node) => !busy.has(node.id))
    .slice(-most)
}

/** The survivors' tags say how many they are. Nodes beyond the size are victims whose own tag the cloud shows late. */
function resize(plan: Draft, { name, size, nodes }: Cohort, after: readonly string[]): string[] {
  const isNew = after.length > 0
  const nodeIds = nodes.filter((node) => node.cohort !== name).map((node) => node.id)
  if (nodeIds.length === 0 || (!isNew && nodes.length > size)) return []
  return [
    plan.add(`resize-${name}`, { kind: 'resize-cohort', cohort: name, nodeIds }, 'the others are draining', after),
  ]
}

/** Each for itself: why it goes is its own. */
function endBad(plan: Draft, bad: readonly ObservedNode[], busy: ReadonlySet<string>, after: readonly string[]): void {
  for (const { id, mark } of bad) {
    const why = `it is quarantined${mark?.why ? `: ${mark.why}` : ''}`
    if (busy.has(id)) plan.wait(`${id}, which is quarantined, and whose job still runs`)
    else plan.add(`bad-${id}`, { kind: 'terminate-nodes', nodeIds: [id] }, why, after)
  }
}

function end(
  plan: Draft,
  { name }: Cohort,
  victims: readonly ObservedNode[],
  busy: ReadonlySet<string>,
  after: readonly string[],
): void {
  const nodeIds = victims.map((node) => node.id).filter((id) => !busy.has(id))
  const waiting = victims.length - nodeIds.length
  if (waiting > 0) plan.wait(`${count(waiting, 'node')} of ${name} whose jobs still run`)
  if (nodeIds.length > 0) {
    plan.add(`drained-${name}`, { kind: 'terminate-nodes', nodeIds }, 'no job runs on them', after)
  }
}
