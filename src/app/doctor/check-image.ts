import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Finding } from '../results.ts'
import type { Services } from '../services.ts'
import { fail, ok, warn, type Check } from './check.ts'
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
  const { architecture, instanceType } = facts
  const image = await compute.imageFacts(fleet.image, architecture)
  const called = `${fleet.name}: image ${fleet.image}`
  const other = `image: auto in fleets.${fleet.name} of muster.yaml`
  if (image === null) return [fail(name, `${called} is not there`, other)]
  const shown = `${called} is ${image.id}${image.name === '' ? '' : ` (${image.name})`}`
  if (image.architecture !== null && image.architecture !== architecture) {
    return [fail(name, `${shown}, for ${image.architecture}; ${instanceType} is ${architecture}`, other)]
  }
  if (!image.ena) return [fail(name, `${shown}, without ENA: ${instanceType} has no other network`, other)]
  return [ok(name, `${shown}, ${architecture}`), ...lustre(fleet)]
}

/** What mounts the storage is in few images; the kernel decides which client fits. */
function lustre(fleet: FleetSpec): Finding[] {
  if (fleet.storage === null) return []
  const name = 'Lustre client'
  if (fleet.image === 'auto') return [ok(name, `${fleet.name}: user data brings it to Amazon Linux 2023`)]
  const fix = 'docs.aws.amazon.com/fsx/latest/LustreGuide/install-lustre-client.html'
  return [warn(name, `${fleet.name}: not known of ${fleet.image}: it has to bring a client that fits its kernel`, fix)]
}
