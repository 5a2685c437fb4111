import type { FleetPlan } from './action.ts'
import { cohortsOf, isWhole, type Cohort } from './cohort.ts'
import type { CohortWish } from './cohort-wish.ts'
import { draftPlan } from './draft.ts'
import { planCohorts, type CohortsInput } from './plan-cohorts.ts'
import { horizontalWishes, nodeCount, totalOf, verticalWishes, type ScaleTo } from './scale.ts'

/** What a fleet is to become. */
export interface ScaleAsked {
  /** Null keeps the number of nodes. */
  readonly to: ScaleTo | null
  /** Null keeps the type. */
  readonly instanceType: string | null
}

export interface ScaleTarget {
  readonly total: number
  readonly wishes: readonly CohortWish[]
  /** By how many nodes jobs keep it from getting there. */
  readonly short: number
  /** What takes the place of nodes of other types, as their tag says it; null where the type stays. */
  readonly replacement: string | null
}

/** What is asked, in cohorts: decided once, on what was there at the beginning. */
export function scaleTarget(asked: ScaleAsked, cohorts: readonly Cohort[], busy: ReadonlySet<string>): ScaleTarget {
  const { to, instanceType } = asked
  if (instanceType === null) {
    const total = to === null ? nodeCount(cohorts) : totalOf(to, nodeCount(cohorts))
    return { total, ...horizontalWishes(cohorts, total, busy), replacement: null }
  }
  // A replacement that a crash cut short has its number on what it replaces: the new nodes are not to be counted with the old ones.
  const begun = to === null ? begunReplacement(cohorts, instanceType) : null
  const now = begun ?? nodeCount(cohorts)
  const total = to === null ? now : totalOf(to, now)
  const wishes = verticalWishes(cohorts, total, instanceType)
  return { total, wishes, short: 0, replacement: `${total}x${instanceType}` }
}

/** Takes a fleet to the target; what is replaced is tagged before its replacement is launched. */
export function planScale(input: Omit<CohortsInput, 'wishes' | 'surplus'>, target: ScaleTarget): FleetPlan {
  const { wishes, replacement } = target
  if (replacement !== null) {
    const wished = new Set(wishes.map((wish) => wish.instanceType))
    const nodeIds = cohortsOf(input.observed.nodes)
      .filter((cohort) => isWhole(cohort))
      .flatMap(({ nodes }) => nodes)
      .filter((node) => !wished.has(node.instanceType) && node.replacedBy !== replacement && wishes.length > 0)
      .map((node) => node.id)
    if (nodeIds.length > 0) {
      const plan = draftPlan(input.wanted.name)
      plan.add(
        `replace-${replacement}`,
        { kind: 'mark-draining', nodeIds, until: replacement },
        'another type is wanted',
      )
      return plan.finish()
    }
  }
  return planCohorts({ ...input, wishes, surplus: 'drain' })
}

function begunReplacement(cohorts: readonly Cohort[], instanceType: string): number | null {
  const marks = cohorts
    .flatMap((cohort) => [...cohort.nodes, ...cohort.draining])
    .flatMap((node) => node.replacedBy ?? [])
  const mark = marks.map((text) => /^(\d+)x(.+)$/.exec(text)).find((match) => match?.[2] === instanceType)
  return mark ? Number(mark[1]) : null
}
