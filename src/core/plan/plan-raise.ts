import type { ObservedNode } from '../fleet/observed.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import type { FleetPlan } from './action.ts'
import { cohortsOf, type Cohort } from './cohort.ts'
import { draftPlan } from './draft.ts'
import { planLaunch } from './plan-launch.ts'
import { planStages } from './plan-stages.ts'
import { raiseFailure } from './raise-failure.ts'
import type { RaiseInput } from './raise-input.ts'

/**
 * Decides, purely, what takes a fleet to one whole, verified cohort with its storage. Applied again and again until it
 * is converged; a converged fleet gives an empty plan.
 */
export function planRaise(input: RaiseInput): FleetPlan {
  const { wanted, observed } = input
  const cohorts = cohortsOf(observed.nodes)
  const whole = cohorts.find((cohort) => isWhole(cohort, wanted))
  const failure = raiseFailure(input, whole ?? null)
  if (failure) return { actions: [], waits: [], failure, converged: false }

  const plan = draftPlan(wanted.name)
  for (const cohort of cohorts) {
    const nodeIds = cohort === whole ? [] : toEnd(cohort)
    if (nodeIds.length > 0)
      plan.add(`broken-${cohort.name}`, { kind: 'terminate-nodes', nodeIds }, brokenReason(cohort))
  }
  const storage = observed.storage.find((candidate) => candidate.state !== 'deleting') ?? null
  if (whole) {
    if (wanted.storage && !storage)
      plan.add('storage', { kind: 'create-storage', zone: zoneOf(whole) }, 'the fleet has none')
    planStages(plan, wanted, whole, storage)
  } else {
    planLaunch(plan, input, cohorts, storage)
  }
  return plan.finish()
}

/** A cohort that can be used: of the wanted type, at least as large as wanted, none of it lost. */
function isWhole(cohort: Cohort, wanted: FleetSpec): boolean {
  return (
    cohort.index >= 0 &&
    cohort.nodes.length === cohort.size &&
    cohort.size >= wanted.nodes &&
    cohort.nodes.every((node) => wanted.types.includes(node.instanceType))
  )
}

/** What of a cohort that is of no use still costs: stopped nodes too. */
function toEnd(cohort: Cohort): string[] {
  const stopped = cohort.lost.filter((node) => node.state === 'stopping' || node.state === 'stopped')
  return [...cohort.nodes, ...stopped].map((node) => node.id)
}

function brokenReason(cohort: Cohort): string {
  const first = cohort.lost[0]
  if (!first) return `cohort ${cohort.name} is not what is wanted`
  return `cohort ${cohort.name} lost ${first.id}${first.stateReason === null ? '' : ` (${first.stateReason})`}`
}

function zoneOf(cohort: Cohort): string {
  return cohort.nodes[0]?.zone ?? ''
}

/** True when every stage that the fleet needs is done on the node. */
export function isReady(node: ObservedNode): boolean {
  return node.state === 'running' && node.online && node.stages.has('verified')
}
