import type { PlacedRung } from './rung.ts'
import { isOf, type Shortage } from './shortage.ts'

/**
 * The rungs as they are tried. Those that had no room a moment ago come last, the longest ago first; of the others the first as the ladder
 * has them, but a zone that a refusal names as having room goes before the others of its type and purchase.
 */
export function orderOfTrying(rungs: readonly PlacedRung[], recent: readonly Shortage[]): PlacedRung[] {
  const refusedAt = (rung: PlacedRung) =>
    Math.max(-Infinity, ...recent.filter((one) => isOf(one, rung)).map(({ at }) => at))
  const fresh = rungs.filter((rung) => refusedAt(rung) === -Infinity)
  const stale = rungs.filter((rung) => refusedAt(rung) !== -Infinity)
  const ordered: PlacedRung[] = []
  while (fresh.length > 0) {
    const first = fresh[0]!
    const named = fresh.findIndex((rung) => isAlike(rung, first) && isNamed(rung, recent))
    ordered.push(...fresh.splice(Math.max(0, named), 1))
  }
  return [...ordered, ...stale.toSorted((a, b) => refusedAt(a) - refusedAt(b))]
}

function isNamed(rung: PlacedRung, recent: readonly Shortage[]): boolean {
  return recent.some((one) => isAlike(rung, one) && one.availableZones.includes(rung.zone))
}

type Kind = Pick<PlacedRung, 'purchase' | 'instanceType'>

function isAlike(a: Kind, b: Kind): boolean {
  return a.purchase === b.purchase && a.instanceType === b.instanceType
}
