import type { FleetSpec } from '../fleet/spec.ts'
import { isWhole, type Cohort } from '../plan/cohort.ts'
import { rungsFor, type Ladder } from './ladder.ts'
import type { PlacedRung } from './rung.ts'

/**
 * The rungs for a cohort beside those that are up, its fleet's own zone before others of the same type and purchase: storage and
 * the other nodes are there. Into a cluster placement group that holds nodes only their zone leads, since "a cluster placement group
 * can't span multiple Availability Zones" (EC2 User Guide, "Placement strategies for your placement groups"). Where the fleet
 * takes the cheapest first, only that rule moves anything.
 */
export function rungsBeside(
  wanted: Pick<FleetSpec, 'types' | 'order'>,
  ladder: Ladder,
  cohorts: readonly Cohort[],
): readonly PlacedRung[] {
  const rungs = rungsFor(wanted, ladder)
  const [home] = homeZones(cohorts)
  if (home === undefined) return rungs
  const possible = rungs.filter(
    (rung) => rung.placement !== 'cluster' || rung.reservation !== null || rung.zone === home,
  )
  if (wanted.order === 'price') return possible
  const alike = Map.groupBy(possible, ({ purchase, instanceType }) => `${purchase} ${instanceType}`)
  return [...alike.values()].flatMap((some) => some.toSorted((a, b) => away(a, home) - away(b, home)))
}

/** Where the whole cohorts are, that of the oldest first: what is broken is about to leave. */
export function homeZones(cohorts: readonly Cohort[]): readonly string[] {
  return [...new Set(cohorts.filter(isWhole).flatMap(({ nodes }) => nodes.map(({ zone }) => zone)))]
}

const away = ({ zone }: PlacedRung, home: string) => (zone === home ? 0 : 1)
