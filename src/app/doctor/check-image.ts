import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Finding } from '../results/account.ts'
import type { Services } from '../services.ts'
import { fitImage } from '../fleet/fit-image.ts'
import { ok, thrown, warn, type Check } from './check.ts'
import { typesOf } from './check-types.ts'

/** The image of each fleet: that it is there, is of the type's architecture, and has the driver of its network. */
export function checkImage(fleets: readonly FleetSpec[], services: Services): Check {
  const name = 'image'
  return { name, run: async () => (await Promise.all(fleets.map((fleet) => ofFleet(name, fleet, services)))).flat() }
}

async function ofFleet(name: string, fleet: FleetSpec, { compute }: Services): Promise<Finding[]> {
  const [facts] = await typesOf(fleet, compute).catch(() => [])
  // A type that is not there is another check's line.
  if (facts === undefined) return []
  const image = await fitImage(fleet, facts, compute).catch((error: unknown) => thrown(name, error))
  if ('state' in image) return [image]
  const shown = `${fleet.name}: image ${fleet.image} is ${image.id}${image.name === '' ? '' : ` (${image.name})`}`
  return [ok(name, `${shown}, ${facts.architecture}`), ...lustre(fleet)]
}

/** What mounts the storage is in few images; the kernel decides which client fits. */
function lustre(fleet: FleetSpec): Finding[] {
  if (fleet.storage === null) return []
  const name = 'Lustre client'
  if (fleet.image === 'auto') return [ok(name, `${fleet.name}: user data brings it to Amazon Linux 2023`)]
  const fix = 'docs.aws.amazon.com/fsx/latest/LustreGuide/install-lustre-client.html'
  return [warn(name, `${fleet.name}: not known of ${fleet.image}: it has to bring a client that fits its kernel`, fix)]
}
