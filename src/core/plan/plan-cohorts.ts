import type { ObservedStorage } from '../fleet/observed.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import type { FleetPlan } from './action.ts'
import { cohortsOf, isWhole, type Cohort } from './cohort.ts'
import { matchWishes, type CohortWish, type MatchedWish } from './cohort-wish.ts'
import { draftPlan, type Draft } from './draft.ts'
import { planDrains, planShrink } from './plan-drains.ts'
import { planLaunch } from './plan-launch.ts'
import { planStages } from './plan-stages.ts'
import { planLinks } from './plan-storage.ts'
import { raiseFailure } from './raise-failure.ts'
import type { RaiseInput } from './raise-input.ts'

export interface CohortsInput extends RaiseInput {
  readonly wishes: readonly CohortWish[]
  /** What becomes of whole cohorts that serve no wish; what is broken is ended in any case. */
  readonly surplus: 'keep' | 'drain'
  /** Nodes that a job runs on: none of them is ever ended. */
  readonly busy: ReadonlySet<string>
}

/**
 * Decides, purely, what takes a fleet to one whole, verified cohort a wish, with its storage. Missing cohorts are launched one
 * after another, each all or nothing, beside those that are there; nothing is given up before all that is wished is ready. Applied
 * again and again until it is converged; a converged fleet gives an empty plan.
 */
export function planCohorts(input: CohortsInput): FleetPlan {
  const { wanted, observed, wishes, surplus, busy } = input
  const cohorts = cohortsOf(observed.nodes)
  const matches = matchWishes(wishes, cohorts, wanted, busy)
  const matched = matches.flatMap(({ cohort }) => cohort ?? [])
  const missing = missingOf(input, matches)
  const failure = raiseFailure(input, matched, missing)
  if (failure) return { actions: [], waits: [], failure, converged: false }

  const plan = draftPlan(wanted.name)
  endBroken(plan, cohorts, busy)
  planDrains(plan, cohorts, busy, wanted)
  planMissing(plan, input, matches, cohorts, missing)
  if (surplus === 'drain' && plan.isQuiet()) {
    const unwished = cohorts.filter((cohort) => isWhole(cohort) && !matched.includes(cohort))
    for (const cohort of unwished) planShrink(plan, cohort, 0, busy)
    for (const { wish, cohort } of matches) if (cohort && wish.exact) planShrink(plan, cohort, wish.nodes, busy)
  }
  return plan.finish()
}

/** The first cohort that has still to be launched, as a fleet of it alone. */
function missingOf({ wanted }: CohortsInput, matches: readonly MatchedWish[]): FleetSpec | null {
  const missing = matches.find(({ cohort }) => cohort === null)
  if (!missing) return null
  const { nodes, instanceType } = missing.wish
  return { ...wanted, nodes, types: instanceType === null ? wanted.types : [instanceType] }
}

function planMissing(
  plan: Draft,
  input: CohortsInput,
  matches: readonly MatchedWish[],
  cohorts: readonly Cohort[],
  missing: FleetSpec | null,
): void {
  const { wanted, observed } = input
  const storage = usableStorage(observed.storage)
  const isMounted = matches.every(({ cohort }) => cohort?.nodes.every((node) => node.stages.has('mounted')) ?? false)
  if (wanted.storage && storage && !isMounted) planLinks(plan, wanted.storage, storage, input.begun ?? new Set())
  for (const { cohort } of matches) if (cohort) planStages(plan, wanted, cohort, storage)
  if (missing) {
    planLaunch(plan, { ...input, wanted: missing }, cohorts, storage)
    return
  }
  const [first] = matches
  if (wanted.storage?.kind === 'new' && !storage && first?.cohort) {
    const zone = first.cohort.nodes[0]?.zone ?? ''
    plan.add('storage', { kind: 'create-storage', zone }, 'the fleet has none')
  }
}

const usableStorage = (storage: readonly ObservedStorage[]) =>
  storage.find((candidate) => candidate.state !== 'deleting') ?? null

function endBroken(plan: Draft, cohorts: readonly Cohort[], busy: ReadonlySet<string>): void {
  for (const cohort of cohorts.filter((one) => !isWhole(one))) {
    const nodeIds = toEnd(cohort).filter((id) => !busy.has(id))
    if (nodeIds.length > 0) {
      plan.add(`broken-${cohort.name}`, { kind: 'terminate-nodes', nodeIds }, brokenReason(cohort))
    }
  }
  for (const cohort of cohorts.filter(isWhole)) {
    const nodeIds = stopped(cohort)
    if (nodeIds.length > 0) {
      plan.add(`stopped-${cohort.name}`, { kind: 'terminate-nodes', nodeIds }, 'nobody starts them again')
    }
  }
}

/** What of a cohort that is of no use still costs: stopped nodes too. */
const toEnd = (cohort: Cohort) => [...cohort.nodes.map((node) => node.id), ...stopped(cohort)]

const stopped = ({ lost }: Cohort) =>
  lost.filter((node) => node.state === 'stopping' || node.state === 'stopped').map((node) => node.id)

function brokenReason(cohort: Cohort): string {
  const first = cohort.lost[0]
  if (!first) return `cohort ${cohort.name} is not what is wanted`
  return `cohort ${cohort.name} lost ${first.id}${first.stateReason === null ? '' : ` (${first.stateReason})`}`
}
