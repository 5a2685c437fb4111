import { fleetNames } from '../app/fleet/fleet-names.ts'
import { takeDown } from '../app/fleet/take-down.ts'
import type { TakeDownResult } from '../app/results.ts'
import type { Services } from '../app/services.ts'
import { MusterError } from '../core/errors/muster-error.ts'

/**
 * Takes the named fleets down one after another, or all that the cloud shows (null). With all of them on a cloud that is not
 * this machine it asks first, where somebody can answer. Throws Declined.
 */
export async function takeDownAll(
  names: readonly string[] | null,
  yes: boolean,
  services: Services,
): Promise<TakeDownResult[]> {
  const all = names ?? (await fleetNames(services))
  if (names === null && all.length > 0 && !yes && services.cloud.name !== 'sandbox') await confirm(all, services)
  const results: TakeDownResult[] = []
  for (const name of all) results.push(await takeDown(name, services))
  return results
}

async function confirm(names: readonly string[], { prompter }: Services): Promise<void> {
  const answer = await prompter.choose(
    `take down ${names.join(', ')} and all data on their storage?`,
    [
      { value: 'yes', label: 'take them down' },
      { value: 'no', label: 'leave them' },
    ],
    'yes',
  )
  if (answer === 'no') throw new MusterError('Declined', 'nothing was taken down')
}
