import { hintInstead } from '../../core/errors/hint-instead.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import { efaOfFleet } from '../../core/fleet/efa.ts'
import { factsOf } from '../../core/fleet/instance-facts.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { cohortsOf, type Cohort } from '../../core/plan/cohort.ts'
import { cohortFor } from '../../core/plan/cohort-wish.ts'
import { planRaise } from '../../core/plan/plan-raise.ts'
import { fitTypes, type FitFleet } from '../capacity/fit-types.ts'
import type { Software } from '../../launch/user-data.ts'
import type { RaiseResult } from '../results/fleet.ts'
import type { Services } from '../services.ts'
import { convergeFleet, type Approval, type Convergence, type SeenFleet } from './converge.ts'
import { fleetHosts } from './hosts.ts'
import { refuseMismatch } from './refuse-mismatch.ts'
import { refuseShortLease } from './refuse-short-lease.ts'
import { startedFromNothing, undoRaise } from './undo-raise.ts'
import { withFleetLock } from './with-lock.ts'

export interface RaiseOptions {
  readonly approval?: Approval
  /** What `fitTypes` has found, where it was asked already. */
  readonly fitted?: FitFleet
  /** How long room is waited for, in milliseconds; null, or left out, is not at all. */
  readonly waitCapacityMs?: number | null
  /** What the user data brings where that is more than the fleet itself needs: for images. */
  readonly software?: Software
  /** Sees the cohort that is raised (null: not there yet) after every round and every action, for work that can begin before all is ready. */
  readonly onProgress?: (cohort: Cohort | null) => void
}

/**
 * Raises a fleet, or finds it up. What fails half way or is interrupted is taken down again, unless nodes were there before
 * us.
 *
 * @throws MusterError; the interrupt's reason when the user stopped it.
 */
export async function raiseFleet(
  wanted: FleetSpec,
  services: Services,
  options: RaiseOptions = {},
): Promise<RaiseResult> {
  return withFleetLock(wanted.name, `raising ${wanted.name}`, services, () => raise(wanted, services, options))
}

async function raise(
  asked: FleetSpec,
  services: Services,
  { fitted, onProgress, waitCapacityMs = null, approval = { yes: false }, software }: RaiseOptions,
): Promise<RaiseResult> {
  const { clock, events, interrupts } = services
  const began = clock.now()
  refuseShortLease(asked, services.cloud)
  const { wanted, types } = fitted ?? (await fitTypes(asked, services))
  const { name } = wanted
  let first: ObservedFleet | null = null
  let acted = false
  const chosen = ({ observed, busy }: SeenFleet) => cohortFor(cohortsOf(observed.nodes), wanted, busy)
  interrupts.setCleanUp(`muster down ${name}`)
  const goal: Convergence = {
    wanted,
    types,
    waitCapacityMs,
    signal: interrupts.signal,
    approval,
    ...(software === undefined ? {} : { software }),
    plan: planRaise,
    onAct: () => {
      acted = true
    },
    onFirst: (observed) => {
      refuseMismatch(wanted, observed, types)
      first = observed
    },
    onProgress: (seen) => onProgress?.(chosen(seen)),
  }
  const raised = await convergeFleet(goal, services).catch(async (error: unknown) => {
    const undone = acted && startedFromNothing(first) && (await undoRaise(name, services, error))
    throw hintInstead(error, undone || !acted ? 'run the same command again' : `muster down ${name}`)
  })
  const cohort = chosen(raised)
  if (!cohort) throw new TypeError(`fleet ${name} has no whole cohort`)
  const facts = factsOf(types, cohort.nodes[0]?.instanceType ?? '')
  const { instanceType } = facts
  const hosts = fleetHosts(cohort, facts)
  const { made, phases } = raised
  const warm = made.launched.length === 0 && made.stages.size === 0
  const efaInterfaces = efaOfFleet(wanted, facts)
  const ms = clock.now() - began
  events.emit('fleet.ready', { fleet: name, nodes: hosts.length, instanceType, efaInterfaces, ms, warm })
  const zones = new Map(cohort.nodes.map((node) => [node.id, node.zone]))
  return {
    fleet: name,
    instanceType,
    nodes: hosts.map(({ name: host, id, ip }) => ({ name: host, id, ip, zone: zones.get(id) ?? '' })),
    warm,
    endsAt: null,
    phases: warm ? [] : phases,
  }
}
