import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { FleetPlan } from '../../core/plan/action.ts'
import { cohortsOf } from '../../core/plan/cohort.ts'
import { planCohorts, type CohortsInput } from '../../core/plan/plan-cohorts.ts'
import { planScale, scaleTarget, type ScaleAsked, type ScaleTarget } from '../../core/plan/plan-scale.ts'
import { asTheyAre } from '../../core/plan/scale.ts'
import { fitTypes, type FitFleet } from '../capacity/fit-types.ts'
import { scaleState } from '../plan/scale-state.ts'
import type { ScaleResult } from '../results/scale.ts'
import type { Services } from '../services.ts'
import { convergeFleet } from './converge.ts'
import { refuseScale } from './refuse-scale.ts'
import { withFleetLock } from './with-lock.ts'

export interface ScaleRequest {
  /** With the type that is asked for, where one is. */
  readonly wanted: FleetSpec
  readonly asked: ScaleAsked
  readonly yes: boolean
  /** How long jobs on nodes that are to end are waited for, in milliseconds. */
  readonly timeoutMs: number
}

/**
 * Takes a fleet that is up (or not) to another number of nodes or another type. Growth is all or nothing: what fails or is interrupted is
 * undone, and the fleet is as it was. Nodes with jobs are never ended.
 *
 * @throws MusterError LimitExceeded, Declined, FleetBusy; whatever a raise throws.
 */
export async function scaleFleet(request: ScaleRequest, services: Services): Promise<ScaleResult> {
  const { name } = request.wanted
  return withFleetLock(name, `scaling ${name}`, services, () => scale(request, services))
}

async function scale(request: ScaleRequest, services: Services): Promise<ScaleResult> {
  const { asked, yes } = request
  const { clock, interrupts } = services
  const began = clock.now()
  const { wanted, types } = await fitTypes(request.wanted, services)
  const before = new Set<number>()
  let first: ObservedFleet | null = null
  let target: ScaleTarget | null = null
  let launched = false
  let gaveUp = false
  const plan = (input: Omit<CohortsInput, 'wishes' | 'surplus'>): FleetPlan => {
    const cohorts = cohortsOf(input.observed.nodes)
    if (target === null) {
      target = scaleTarget(asked, cohorts, input.busy)
      refuseScale(wanted, target)
      for (const { index } of cohorts) before.add(index)
    }
    const planned = planScale(input, target)
    launched ||= planned.actions.some((action) => action.kind === 'launch-cohort')
    gaveUp ||= planned.actions.some((action) => action.kind === 'mark-draining' && action.until === null)
    return clock.now() - began > request.timeoutMs ? orTooLate(wanted.name, planned) : planned
  }
  interrupts.setCleanUp(`muster down ${wanted.name}`)
  const goal = {
    wanted,
    types,
    waitCapacityMs: null,
    plan,
    approval: { yes },
    jobs: 'asked' as const,
    onFirst: (observed: ObservedFleet) => {
      first = observed
    },
  }
  const scaled = await convergeFleet({ ...goal, signal: interrupts.signal }, services).catch(async (error: unknown) => {
    if (launched && !gaveUp) await undo({ wanted, types }, before, services, error)
    throw error
  })
  interrupts.setCleanUp(null)
  return {
    fleet: wanted.name,
    before: await scaleState(first ?? scaled.observed, services),
    after: await scaleState(scaled.observed, services),
    ms: clock.now() - began,
  }
}

/** What is still waited for after the time is up is given up: it stays as it is marked, and the next scaling goes on. */
function orTooLate(fleet: string, plan: FleetPlan): FleetPlan {
  const jobs = plan.waits.filter((wait) => wait.endsWith('jobs still run'))
  if (plan.actions.length > 0 || jobs.length === 0) return plan
  return { ...plan, failure: { code: 'FleetBusy', message: `${fleet}: ${jobs.join(', ')}; the time for that is over` } }
}

/** The cohorts that were there stay, whatever else there is goes. A failure must not hide the first error, so it becomes a warning. */
async function undo(
  { wanted, types }: FitFleet,
  before: ReadonlySet<number>,
  services: Services,
  reason: unknown,
): Promise<void> {
  const { events } = services
  const why = reason instanceof Error ? reason.message : 'it failed'
  events.emit('warning', { message: `${wanted.name}: ${why}; undoing what was launched`, hint: null })
  try {
    await convergeFleet(
      {
        wanted: { ...wanted, storage: null },
        types,
        waitCapacityMs: null,
        signal: new AbortController().signal,
        approval: { yes: true },
        plan: (input) => {
          const kept = cohortsOf(input.observed.nodes).filter((cohort) => before.has(cohort.index))
          return planCohorts({ ...input, wishes: asTheyAre(kept), surplus: 'drain' })
        },
      },
      services,
    )
  } catch (error) {
    const message = `${wanted.name}: undoing failed: ${error instanceof Error ? error.message : String(error)}`
    events.emit('warning', { message, hint: `muster scale ${wanted.name}` })
  }
}
