import { alsoHint, hintInstead } from '../../core/errors/hint-instead.ts'
import { isMusterError, MusterError } from '../../core/errors/muster-error.ts'
import { isAlive, type ObservedFleet } from '../../core/fleet/observed.ts'
import { describeAction } from '../../core/plan/describe-action.ts'
import { planTakeDown } from '../../core/plan/plan-take-down.ts'
import type { KeptStorage, TakeDownResult } from '../results/fleet.ts'
import type { Services } from '../services.ts'
import { keptStorage } from './kept-storage.ts'
import { observeFleet } from './observe.ts'
import { reconcile } from './reconcile.ts'
import { settledAt } from './settled.ts'
import { teardown, type TakeDownOptions } from './teardown.ts'
import { withFleetLock } from './with-lock.ts'

/** Nobody waits longer for the cloud to let go: large instances take ten minutes and more to end. An export is not counted. */
const DEADLINE_MS = 45 * 60_000

/**
 * Removes all of a fleet and ends only when the API itself shows nothing of it but the storage that its contract keeps. Run again it
 * does nothing. The first press of ctrl-C does not stop it: half a teardown costs money.
 *
 * @throws MusterError FleetBusy where another muster uses the fleet; TeardownIncomplete after the deadline, naming what is left;
 * ExportFailed when all is gone but storage whose data could not be exported.
 */
export async function takeDown(
  fleet: string,
  services: Services,
  options: TakeDownOptions = { discard: false },
): Promise<TakeDownResult> {
  return withFleetLock(fleet, `taking ${fleet} down`, services, () => remove(fleet, options, services)).catch(
    (error: unknown) => {
      if (isMusterError(error, 'ExportFailed')) throw error
      throw alsoHint(
        hintInstead(error, `muster down ${fleet}`),
        `muster down ${fleet}`,
        'CloudUnreachable',
        'Throttled',
      )
    },
  )
}

async function remove(fleet: string, options: TakeDownOptions, services: Services): Promise<TakeDownResult> {
  const { clock, events, interrupts } = services
  const began = clock.now()
  // Before our own removals are written there.
  const settled = settledAt(fleet, services)
  const nodes = new Set<string>()
  const signal = new AbortController()
  const work = teardown(fleet, options, services, signal.signal)
  interrupts.setCleanUp(`muster down ${fleet}`)
  const decide = (observed: ObservedFleet) => {
    for (const node of observed.nodes.filter(isAlive)) nodes.add(node.id)
    const planned = planTakeDown(work.see(observed), work.memory())
    const plan = { ...planned, converged: planned.converged && clock.now() >= settled }
    if (plan.converged || clock.now() - Math.max(began, work.copiedAt()) < DEADLINE_MS) return plan
    return {
      ...plan,
      failure: { code: 'TeardownIncomplete' as const, message: `${fleet}: still there: ${plan.waits.join(', ')}` },
    }
  }
  const release = interrupts.intercept((cause) => {
    if (cause === 'interrupt') sayThatItGoesOn(fleet, services)
    options.onStop?.()
  })
  const observe = () => observeFleet(fleet, services, 'unasked')
  const { perform, canGoOn } = work
  const last = await reconcile(
    { fleet, observe, decide, perform, describe: describeAction, canGoOn },
    services,
    signal.signal,
  ).finally(release)
  interrupts.setCleanUp(null)
  const kept = await keptStorage(work.see(last), work.memory(), services)
  const result = { fleet, nodes: nodes.size, proof: proofOf(last), kept, ms: clock.now() - began }
  if (leftOver(result) > 0) {
    throw new MusterError('TeardownIncomplete', `${fleet}: the API still shows parts of it`, { data: result.proof })
  }
  events.emit('fleet.gone', result)
  const lost = kept.find((one) => one.why !== null)
  if (lost) throw exportFailed(fleet, lost, result)
  return result
}

function exportFailed(fleet: string, { id, capacityGiB, why, usdPerHour }: KeptStorage, result: TakeDownResult) {
  const price = usdPerHour === null ? '' : `, at $${usdPerHour.toFixed(2)} an hour`
  return new MusterError(
    'ExportFailed',
    `${fleet}: the data of ${id} are not exported: ${why}; they are kept there (${capacityGiB} GiB${price}), and all else is gone`,
    {
      suggestions: [
        `muster down ${fleet} (exports again)`,
        `muster up ${fleet} (mounts it again)`,
        `muster down ${fleet} --discard-data (deletes the data)`,
      ],
      data: { ...result },
    },
  )
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

/** What is there and should not be. The interfaces of storage that is kept hold its security group. */
function leftOver({ proof, kept }: Pick<TakeDownResult, 'proof' | 'kept'>): number {
  const all = Object.values(proof).reduce((sum, count) => sum + count, 0)
  return all - kept.length - (kept.length > 0 ? proof['security groups'] : 0)
}
