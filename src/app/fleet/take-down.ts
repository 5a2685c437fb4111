import { alsoHint, hintInstead } from '../../core/errors/hint-instead.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { isAlive, type ObservedFleet } from '../../core/fleet/observed.ts'
import type { Action } from '../../core/plan/action.ts'
import { describeAction } from '../../core/plan/describe-action.ts'
import { planTakeDown } from '../../core/plan/plan-take-down.ts'
import type { TakeDownResult } from '../results.ts'
import type { Services } from '../services.ts'
import { observeFleet } from './observe.ts'
import { isRemoval, performTakeDown } from './perform/perform-take-down.ts'
import { reconcile } from './reconcile.ts'
import { settledAt } from './settled.ts'
import { withFleetLock } from './with-lock.ts'

/** So long the cloud may go on showing a node as running whose end it has accepted; then it is asked again. */
const ASK_AGAIN_MS = 30_000

/** Nobody waits longer for the cloud to let go: large instances take ten minutes and more to end. */
const DEADLINE_MS = 45 * 60_000

/**
 * Removes all of a fleet and ends only when the API itself shows nothing of it. Run again it does nothing. The first press of
 * ctrl-C does not stop it: half a teardown costs money.
 *
 * @throws MusterError FleetBusy where another muster uses the fleet; TeardownIncomplete after the deadline, naming what is left.
 */
export async function takeDown(fleet: string, services: Services): Promise<TakeDownResult> {
  return withFleetLock(fleet, `taking ${fleet} down`, services, () => remove(fleet, services)).catch(
    (error: unknown) => {
      throw alsoHint(
        hintInstead(error, `muster down ${fleet}`),
        `muster down ${fleet}`,
        'CloudUnreachable',
        'Throttled',
      )
    },
  )
}

async function remove(fleet: string, services: Services): Promise<TakeDownResult> {
  const { clock, events, interrupts } = services
  const began = clock.now()
  // Before our own removals are written there.
  const settled = settledAt(fleet, services)
  const nodes = new Set<string>()
  const asked = new Map<string, number>()
  interrupts.setCleanUp(`muster down ${fleet}`)
  const signal = new AbortController()
  const decide = (observed: ObservedFleet) => {
    for (const node of observed.nodes.filter(isAlive)) nodes.add(node.id)
    const recent = [...asked].filter(([, at]) => clock.now() - at < ASK_AGAIN_MS)
    const planned = planTakeDown(observed, new Set(recent.map(([id]) => id)))
    const plan = { ...planned, converged: planned.converged && clock.now() >= settled }
    if (plan.converged || clock.now() - began < DEADLINE_MS) return plan
    return {
      ...plan,
      failure: { code: 'TeardownIncomplete' as const, message: `${fleet}: still there: ${plan.waits.join(', ')}` },
    }
  }
  const observe = () => observeFleet(fleet, services, 'unasked')
  const perform = async (action: Action) => {
    if (!isRemoval(action)) throw new TypeError(`${action.kind} removes nothing`)
    await performTakeDown(action, services)
    if (action.kind === 'terminate-nodes') for (const id of action.nodeIds) asked.set(id, clock.now())
  }
  const release = interrupts.intercept((cause) => {
    if (cause === 'interrupt') sayThatItGoesOn(fleet, services)
  })
  const last = await reconcile(
    { fleet, observe, decide, perform, describe: describeAction },
    services,
    signal.signal,
  ).finally(release)
  interrupts.setCleanUp(null)
  const result = { fleet, nodes: nodes.size, proof: proofOf(last), ms: clock.now() - began }
  if (Object.values(result.proof).some((left) => left > 0)) {
    throw new MusterError('TeardownIncomplete', `${fleet}: the API still shows parts of it`, { data: result.proof })
  }
  events.emit('fleet.gone', result)
  return result
}

function sayThatItGoesOn(fleet: string, { events }: Services): void {
  const message = `${fleet}: the teardown goes on, because half of one costs money; press ctrl-C again to leave it at once`
  events.emit('warning', { message, hint: null })
}

function proofOf(observed: ObservedFleet): TakeDownResult['proof'] {
  return {
    instances: observed.nodes.filter(isAlive).length,
    'file systems': observed.storage.length,
    templates: observed.template ? 1 : 0,
    'placement groups': observed.placementGroup ? 1 : 0,
    'security groups': observed.securityGroup ? 1 : 0,
  }
}
