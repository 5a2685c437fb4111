import { fleetNames } from '../app/fleet/fleet-names.ts'
import { untilSettled } from '../app/fleet/settled.ts'
import { takeDown } from '../app/fleet/take-down.ts'
import { planRemoval } from '../app/plan/plan-removal.ts'
import type { TakeDownResult } from '../app/results/fleet.ts'
import type { RemovalPlan } from '../app/results/plan.ts'
import type { Services } from '../app/services.ts'
import { confirmAll, confirmJobs } from './confirm-down.ts'
import { nearest } from '../kit/nearest.ts'
import { shellQuote } from '../kit/shell-quote.ts'
import { MusterError } from '../core/errors/muster-error.ts'

/**
 * Takes the named fleets down one after another, or all that the cloud shows (null). With all of them on a cloud that is not
 * this machine, and while jobs run, it asks first, where somebody can answer. A name that is neither in the settings (`described`) nor in the cloud is
 * refused: whoever mistypes it believes that a fleet is gone which costs on. Throws Declined, FleetUnknown.
 */
export async function takeDownAll(
  names: readonly string[] | null,
  yes: boolean,
  described: readonly string[],
  services: Services,
  discard = false,
): Promise<TakeDownResult[]> {
  await untilSettled(names === null ? null : (names[0] ?? null), services)
  for (const name of names ?? []) if (!described.includes(name)) await refuseUnknown(name, services)
  const all = names ?? (await fleetNames(services))
  if (names === null && all.length > 0 && !yes && services.cloud.name !== 'sandbox') await confirmAll(all, services)
  if (!yes) await confirmJobs(all, services)
  const results: TakeDownResult[] = []
  const failures: unknown[] = []
  // One that another muster uses must not keep the others up.
  for (const name of all) {
    await takeDown(name, services, { discard }).then(
      (result) => results.push(result),
      (error: unknown) => {
        if (all.length > 1) warn(name, error, services)
        failures.push(error)
      },
    )
  }
  if (failures.length > 0) throw failures[0]
  return results
}

function warn(fleet: string, error: unknown, { events }: Services): void {
  const message = `${fleet} is not taken down: ${error instanceof Error ? error.message : String(error)}`
  events.emit('warning', { message, hint: null })
}

/** What `takeDownAll` of the same names would remove; asks nothing, since nothing is. Throws FleetUnknown. */
export async function planRemovals(
  names: readonly string[] | null,
  described: readonly string[],
  services: Services,
  discard = false,
): Promise<RemovalPlan[]> {
  for (const name of names ?? []) if (!described.includes(name)) await refuseUnknown(name, services)
  return Promise.all((names ?? (await fleetNames(services))).map((name) => planRemoval(name, services, discard)))
}

async function refuseUnknown(name: string, services: Services): Promise<void> {
  const fleets = await fleetNames(services)
  if (fleets.includes(name)) return
  const { name: cloud } = services.cloud
  const there = fleets.length === 0 ? 'none is up there' : `fleets up there: ${fleets.join(', ')}`
  throw new MusterError('FleetUnknown', `no fleet ${JSON.stringify(name)} in ${cloud}, nor in muster.yaml; ${there}`, {
    suggestions: [...nearest(name, fleets).map((near) => `muster down ${shellQuote(near)}`), 'muster status'],
    data: { fleet: name, fleets },
  })
}
