import { NO_LIMITS } from '../core/fleet/limits.ts'
import type { FleetSpec, StorageSpec } from '../core/fleet/spec.ts'
import { capacityConflicts, capacitySpec, type FleetConflict } from './capacity-spec.ts'
import type { Checked } from './check.ts'
import type { YamlText } from './parse-yaml.ts'
import { problemAt, type Problem } from './problem.ts'
import type { FleetFields, MusterFile, StorageFields } from './schema/muster-file.ts'
import { BUILT_IN_FLEET } from './settings.ts'
import { parseSizeGiB } from './size.ts'

/** A fleet as the file describes it; what it leaves out it has from the built-in fleet. */
export function fleetSpec(name: string, fields: FleetFields): FleetSpec {
  return {
    name,
    ...capacitySpec(fields),
    efa: fields.efa ?? BUILT_IN_FLEET.efa,
    image: fields.image ?? BUILT_IN_FLEET.image,
    instanceProfile:
      fields.instanceProfile === 'none' ? null : (fields.instanceProfile ?? BUILT_IN_FLEET.instanceProfile),
    storage: fields.storage === 'none' ? null : storageSpec(fields.storage ?? {}),
    tags: fields.tags ?? BUILT_IN_FLEET.tags,
    limits: NO_LIMITS,
  }
}

function storageSpec(fields: StorageFields): StorageSpec {
  const deployment = fields.deployment ?? 'SCRATCH_2'
  return {
    capacityGiB: fields.capacity === undefined ? 1200 : (parseSizeGiB(fields.capacity) ?? 1200),
    deployment,
    // PERSISTENT_2 needs a number (FSx API reference); the least is the cheapest.
    throughputPerTiB: deployment === 'PERSISTENT_2' ? (fields.throughput ?? 125) : null,
    mountPoint: fields.mount ?? '/fsx',
  }
}

/** What no single field shows: keys that do not go together. */
export function fleetConflicts(yaml: YamlText, checked: Checked<MusterFile>): Problem[] {
  return Object.entries(checked.value?.fleets ?? {}).flatMap(([name, fields]) =>
    [...storageConflicts(fields), ...capacityConflicts(fields)].map(({ key, text }) =>
      problemAt(yaml.file, yaml.keyAt(['fleets', name, ...key]), `fleets.${name}.${key.join('.')} ${text}`),
    ),
  )
}

function storageConflicts({ storage }: FleetFields): FleetConflict[] {
  if (storage === undefined || storage === 'none') return []
  if (storage.throughput === undefined || storage.deployment === 'PERSISTENT_2') return []
  const text = 'goes with deployment PERSISTENT_2 only; leave it out, or name that deployment'
  return [{ key: ['storage', 'throughput'], text }]
}
