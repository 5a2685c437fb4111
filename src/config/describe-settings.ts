import type { Settings } from './settings.ts'
import { BUILT_IN } from './settings.ts'

/** One value that holds, and where it comes from. */
export interface ShownSetting {
  /** `region`, `fleets.hpc.nodes`. */
  readonly key: string
  readonly value: unknown
  /** `--region`, `MUSTER_REGION`, `muster.yaml:3:9`, or `built-in default`. */
  readonly origin: string
}

/** All settings as they hold, key by key, with where each comes from. A value that a fleet leaves out is built in. */
export function describeSettings({
  cloud,
  region,
  profile,
  defaultFleet,
  limits,
  fleets,
  origin,
}: Settings): ShownSetting[] {
  const from = (key: string) => origin[key] ?? BUILT_IN
  const top = Object.entries({ cloud, region, profile, defaultFleet, limits }).map(([key, value]) => ({
    key,
    value,
    origin: value === null ? 'not set' : from(key),
  }))
  const described = Object.entries(fleets).flatMap(([name, spec]) =>
    Object.entries(spec).flatMap(([key, value]) =>
      key === 'name' || key === 'project'
        ? []
        : [
            {
              key: `fleets.${name}.${key}`,
              value,
              origin: from(`fleets.${name}.${WRITTEN_AS[key] ?? key}`),
            },
          ],
    ),
  )
  return [...top, ...described]
}

/** Where the file has another word for it. */
const WRITTEN_AS: Readonly<Record<string, string>> = {
  types: 'type',
  need: 'type',
  minNodes: 'nodes',
  maxNodes: 'nodes',
  leaseS: 'lease',
  idleS: 'idle',
  maxLifeS: 'maxLife',
}
