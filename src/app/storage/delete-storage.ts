import { shellQuote } from '../../kit/shell-quote.ts'
import { nearest } from '../../kit/nearest.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { isAlive } from '../../core/fleet/observed.ts'
import { holdsUnexported, type ObservedStorage } from '../../core/fleet/observed-storage.ts'
import { observeFleet } from '../fleet/observe.ts'
import { takeDown } from '../fleet/take-down.ts'
import type { TakeDownResult } from '../results/fleet.ts'
import type { Services } from '../services.ts'

/**
 * The file system of that id or that fleet, which may be deleted.
 *
 * @throws MusterError UsageInvalid where there is none; FleetBusy while nodes may use it; DataUnexported.
 */
export async function deletableStorage(name: string, discard: boolean, services: Services): Promise<ObservedStorage> {
  const all = await services.storage.list()
  const found = all.find((one) => one.id === name) ?? all.find((one) => one.fleet === name)
  if (!found) throw unknownStorage(name, all)
  const fleet = found.fleet ?? ''
  const { nodes } = await observeFleet(fleet, services, 'unasked')
  if (nodes.some(isAlive)) {
    const message = `${found.id} is the storage of fleet ${fleet}, which has nodes`
    throw new MusterError('FleetBusy', message, { suggestions: [`muster down ${shellQuote(fleet)}`] })
  }
  if (holdsUnexported(found) && !discard) {
    const { exportTo } = found.contract
    const to = exportTo === null ? '' : ` to ${exportTo}`
    throw new MusterError('DataUnexported', `${found.id} holds data of fleet ${fleet} that are not exported${to}`, {
      suggestions: [
        ...(exportTo === null ? [] : [`muster down ${shellQuote(fleet)} (exports them)`]),
        `muster storage delete ${shellQuote(name)} --discard-data`,
      ],
    })
  }
  return found
}

/** Deletes it with all that is on it, and what else is left of its fleet; ends when the cloud shows nothing of it. */
export function deleteStorage({ fleet }: ObservedStorage, services: Services): Promise<TakeDownResult> {
  return takeDown(fleet ?? '', services, { discard: true })
}

function unknownStorage(name: string, all: readonly ObservedStorage[]): MusterError {
  const names = all.flatMap(({ id, fleet }) => [id, ...(fleet === null ? [] : [fleet])])
  const there = names.length === 0 ? 'there is none' : `there are ${names.join(', ')}`
  const near = nearest(name, names).map((one) => `muster storage delete ${shellQuote(one)}`)
  return new MusterError('UsageInvalid', `no storage ${JSON.stringify(name)} that muster made; ${there}`, {
    suggestions: [...near, 'muster storage list'],
  })
}
