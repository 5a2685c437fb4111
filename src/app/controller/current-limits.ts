import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Services } from '../services.ts'

/** A file is read again after so long, in milliseconds. */
const AGAIN_MS = { sandbox: 1000, aws: 10_000 } as const

/** Gives descriptions the limits that their muster.yaml has now: whoever raises one does so for the jobs that wait at it. */
export function limitReader({ clock, cloud, currentLimits }: Services) {
  const known = new Map<string, { readonly at: number; readonly limits: ReturnType<typeof currentLimits.of> }>()
  return async (fleets: ReadonlyMap<string, FleetSpec>): Promise<Map<string, FleetSpec>> => {
    const now = clock.now()
    const current = [...fleets].map(async ([name, spec]) => {
      const before = known.get(name)
      const isFresh = before !== undefined && now - before.at < AGAIN_MS[cloud.name]
      const read = isFresh ? before : { at: now, limits: currentLimits.of(spec) }
      known.set(name, read)
      return [name, { ...spec, ...(await read.limits) }] as const
    })
    return new Map(await Promise.all(current))
  }
}
