import { MOST_NODES } from '../fleet/spec.ts'
import { isWhole, type Cohort } from './cohort.ts'
import type { CohortWish } from './cohort-wish.ts'
import { victimsOf } from './plan-drains.ts'

/** How many nodes a fleet is to have: so many in all, or so many more or fewer. */
export type ScaleTo = { readonly kind: 'total' | 'more' | 'fewer'; readonly nodes: number }

/** `8`, `+2`, `-2`; null for anything else. What `muster scale` prints can be read back. */
export function parseScale(text: string): ScaleTo | null {
  const match = /^([+-]?)(\d{1,6})$/.exec(text)
  if (!match) return null
  const kind = match[1] === '+' ? 'more' : match[1] === '-' ? 'fewer' : 'total'
  return { kind, nodes: Number(match[2]) }
}

/** The nodes of the cohorts that are whole: what a fleet has. */
export function nodeCount(cohorts: readonly Cohort[]): number {
  return cohorts.filter(isWhole).reduce((sum, cohort) => sum + cohort.nodes.length, 0)
}

/** How many there are in the end; less than none is none. */
export function totalOf({ kind, nodes }: ScaleTo, now: number): number {
  if (kind === 'total') return nodes
  return kind === 'more' ? now + nodes : Math.max(0, now - nodes)
}

/** The wishes that keep every whole cohort as it is. */
export function asTheyAre(cohorts: readonly Cohort[]): CohortWish[] {
  return cohorts.filter(isWhole).map((cohort) => wishOf(cohort, cohort.nodes.length))
}

/**
 * What takes a fleet to so many nodes: more come as new cohorts beside the old ones; fewer are taken from idle nodes alone, the newest
 * wholly idle cohorts first, then the highest ranks. `short` is by how many nodes jobs keep it from getting there.
 */
export function horizontalWishes(
  cohorts: readonly Cohort[],
  total: number,
  busy: ReadonlySet<string>,
): { readonly wishes: readonly CohortWish[]; readonly short: number } {
  const whole = cohorts.filter(isWhole)
  const now = nodeCount(whole)
  if (total >= now) return { wishes: [...asTheyAre(whole), ...launches(total - now, null)], short: 0 }
  const sizes = new Map(whole.map((cohort) => [cohort, cohort.nodes.length]))
  let left = now - total
  const newestFirst = whole.toReversed()
  for (const cohort of newestFirst) {
    const idle = cohort.nodes.every((node) => !busy.has(node.id))
    if (!idle || cohort.nodes.length > left) continue
    sizes.set(cohort, 0)
    left -= cohort.nodes.length
  }
  for (const cohort of newestFirst) {
    const size = sizes.get(cohort) ?? 0
    if (left === 0 || size === 0) continue
    const victims = victimsOf(cohort, Math.min(left, size - 1), busy).length
    sizes.set(cohort, size - victims)
    left -= victims
  }
  const kept = [...sizes].filter(([, size]) => size > 0)
  return { wishes: kept.map(([cohort, size]) => wishOf(cohort, size)), short: left }
}

/**
 * What takes a fleet to so many nodes of another type: cohorts of that type stay, as far as they fit; the rest is launched, and what is
 * of another type serves no wish any more.
 */
export function verticalWishes(cohorts: readonly Cohort[], total: number, instanceType: string): CohortWish[] {
  const wishes: CohortWish[] = []
  let left = total
  for (const cohort of cohorts.filter((each) => isWhole(each) && isOf(each, instanceType))) {
    if (cohort.nodes.length > left) continue
    wishes.push(wishOf(cohort, cohort.nodes.length))
    left -= cohort.nodes.length
  }
  return [...wishes, ...launches(left, instanceType)]
}

/** New cohorts of nearly equal size, as few as EC2's limit of nodes all or nothing allows. */
function launches(nodes: number, instanceType: string | null): CohortWish[] {
  const count = Math.ceil(nodes / MOST_NODES)
  return Array.from({ length: count }, (_, at) => ({
    nodes: Math.floor(nodes / count) + (at < nodes % count ? 1 : 0),
    instanceType,
    exact: true,
  }))
}

const isOf = ({ nodes }: Cohort, instanceType: string) => nodes.every((node) => node.instanceType === instanceType)

function wishOf(cohort: Cohort, nodes: number): CohortWish {
  return { nodes, instanceType: cohort.nodes[0]?.instanceType ?? null, index: cohort.index, exact: true }
}
