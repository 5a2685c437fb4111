import type { FleetSpec } from '../fleet/spec.ts'
import { isWhole, type Cohort } from './cohort.ts'

/** A cohort that somebody wants. */
export interface CohortWish {
  readonly nodes: number
  /** Null takes any type that the fleet is described with. */
  readonly instanceType: string | null
  /** The cohort that is meant, where it is one that exists. */
  readonly index?: number
  /** False is content with a larger one; true makes a larger one smaller. */
  readonly exact: boolean
}

export interface MatchedWish {
  readonly wish: CohortWish
  /** Null where it has still to be launched. */
  readonly cohort: Cohort | null
}

/**
 * Which cohort serves which wish: the one that is meant, then the largest wish first, each from a cohort of its own. One of the very size
 * goes before a larger one, an idle one before one with jobs, a smaller before a larger, an older before a newer. The same wishes on the same cohorts
 * are always matched in the same way.
 */
export function matchWishes(
  wishes: readonly CohortWish[],
  cohorts: readonly Cohort[],
  spec: Pick<FleetSpec, 'types'>,
  busy: ReadonlySet<string>,
): MatchedWish[] {
  const free = new Set(cohorts.filter(isWhole))
  const found = new Map<CohortWish, Cohort>()
  const largestFirst = wishes.toSorted((a, b) => b.nodes - a.nodes)
  const take = (fits: (cohort: Cohort, wish: CohortWish) => boolean) => {
    for (const wish of largestFirst.filter((one) => !found.has(one))) {
      const [best] = [...free].filter((cohort) => fits(cohort, wish)).toSorted((a, b) => preference(a, b, busy))
      if (!best) continue
      found.set(wish, best)
      free.delete(best)
    }
  }
  const ofType = (cohort: Cohort, { instanceType }: CohortWish) => {
    const types = instanceType === null ? spec.types : [instanceType]
    return cohort.nodes.every((node) => types.includes(node.instanceType))
  }
  take((cohort, wish) => cohort.index === wish.index && ofType(cohort, wish) && cohort.nodes.length >= wish.nodes)
  take((cohort, wish) => ofType(cohort, wish) && cohort.nodes.length === wish.nodes && isIdle(cohort, busy))
  take((cohort, wish) => ofType(cohort, wish) && cohort.nodes.length === wish.nodes)
  take((cohort, wish) => ofType(cohort, wish) && cohort.nodes.length > wish.nodes)
  return wishes.map((wish) => ({ wish, cohort: found.get(wish) ?? null }))
}

/** The cohort that a job of so many nodes runs on: jobs never span cohorts. Null where none is whole and large enough. */
export function cohortFor(
  cohorts: readonly Cohort[],
  spec: Pick<FleetSpec, 'types' | 'nodes'>,
  busy: ReadonlySet<string>,
): Cohort | null {
  const wish = { nodes: spec.nodes, instanceType: null, exact: false }
  return matchWishes([wish], cohorts, spec, busy)[0]?.cohort ?? null
}

function preference(a: Cohort, b: Cohort, busy: ReadonlySet<string>): number {
  return Number(isIdle(b, busy)) - Number(isIdle(a, busy)) || a.nodes.length - b.nodes.length || a.index - b.index
}

export function isIdle({ nodes }: Pick<Cohort, 'nodes'>, busy: ReadonlySet<string>): boolean {
  return nodes.every((node) => !busy.has(node.id))
}
