import type { NewStorage, StorageImport, StorageSpec } from '../core/fleet/storage-spec.ts'
import type { StorageFields } from './schema/storage.ts'
import { parseSizeGiB } from './size.ts'

/** Where imported files appear when no folder is named. */
const IMPORT_FOLDER = '/data'

/** What a mapping under `storage:` (or the flags of `muster storage create`) means; what it leaves out has its default. */
export function storageSpec(fields: StorageFields): StorageSpec {
  const mountPoint = fields.mount ?? '/fsx'
  return fields.id === undefined ? newStorage(fields) : { kind: 'existing', id: fields.id, mountPoint }
}

/** As `storageSpec`, of fields without an id. */
export function newStorage(fields: StorageFields): NewStorage {
  const deployment = fields.deployment ?? 'SCRATCH_2'
  const persistent = deployment === 'PERSISTENT_2'
  const exportTo = fields.export === undefined ? null : withoutSlash(fields.export)
  return {
    kind: 'new',
    capacityGiB: fields.capacity === undefined ? 1200 : (parseSizeGiB(fields.capacity) ?? 1200),
    deployment,
    // PERSISTENT_2 needs a number (FSx API reference); the least is the cheapest.
    throughputPerTiB: persistent ? (fields.throughput ?? 125) : null,
    compression: fields.compression ?? 'none',
    metadata: persistent ? (fields.metadata ?? 'automatic') : null,
    efa: fields.efa ?? false,
    mountPoint: fields.mount ?? '/fsx',
    imports: importsOf(fields.import),
    exportTo,
    // Outputs of jobs are in the staging bucket: what scratch storage holds besides is scratch.
    onTeardown: fields.onTeardown ?? (exportTo === null ? 'delete' : 'export'),
  }
}

function importsOf(given: StorageFields['import']): readonly StorageImport[] {
  if (given === undefined) return []
  if (typeof given === 'string') return [{ path: IMPORT_FOLDER, from: withoutSlash(given) }]
  return given.map(({ path, from }) => ({ path, from: withoutSlash(from) }))
}

const withoutSlash = (place: string) => place.replace(/\/$/, '')
