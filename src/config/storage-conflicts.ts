import { EXPORTED_FOLDERS, MOST_LINKS, overlap, storageLinks } from '../core/fleet/storage-links.ts'
import { describeSizes, nearestSizes } from '../core/fleet/storage-sizes.ts'
import type { NewStorage } from '../core/fleet/storage-spec.ts'
import type { StorageFields } from './schema/storage.ts'
import { printSizeGiB } from './size.ts'
import { newStorage } from './storage-spec.ts'

/** A key that does not go with the others, and why: the end of the sentence "storage.throughput ...". */
export interface StorageConflict {
  readonly key: keyof StorageFields
  readonly why: string
}

/** What no single key shows. Nothing else of AWS's rules is left for AWS to refuse. */
export function storageConflicts(fields: StorageFields): readonly StorageConflict[] {
  if (fields.id !== undefined) return besideId(fields)
  const spec = newStorage(fields)
  return [...ofScratch(fields, spec), ...sizes(spec), ...efa(fields, spec), ...links(spec), ...teardown(fields, spec)]
}

function besideId(fields: StorageFields): readonly StorageConflict[] {
  const others = Object.keys(fields) as (keyof StorageFields)[]
  return others
    .filter((key) => key !== 'id' && key !== 'mount' && fields[key] !== undefined)
    .map((key) => ({
      key,
      why: 'does not go with id: a file system that exists is mounted as it is; leave it out, or leave id out',
    }))
}

function ofScratch(fields: StorageFields, spec: NewStorage): readonly StorageConflict[] {
  if (spec.deployment === 'PERSISTENT_2') return []
  return (['throughput', 'metadata'] as const)
    .filter((key) => fields[key] !== undefined)
    .map((key) => ({ key, why: 'goes with deployment PERSISTENT_2 only; leave it out, or name that deployment' }))
}

function sizes(spec: NewStorage): readonly StorageConflict[] {
  const nearest = nearestSizes(spec.capacityGiB, spec)
  if (nearest === null) return []
  const kind = [spec.deployment, ...(spec.efa ? [`${spec.throughputPerTiB ?? 125} MB/s a TiB and EFA`] : [])].join(
    ' with ',
  )
  const named = nearest.map(printSizeGiB).join(' and ')
  const why = `is ${printSizeGiB(spec.capacityGiB)}; ${kind} comes as ${describeSizes(spec)}: the nearest ${nearest.length === 1 ? 'is' : 'are'} ${named}`
  return [{ key: 'capacity', why }]
}

/** EfaEnabled: PERSISTENT_2 with a metadata configuration (FSx for Lustre guide, efa-file-systems.html). */
function efa(fields: StorageFields, spec: NewStorage): readonly StorageConflict[] {
  if (!spec.efa || spec.deployment === 'PERSISTENT_2') return []
  return [{ key: 'efa', why: 'is true, and only PERSISTENT_2 has EFA; name that deployment, or leave efa out' }]
}

function links(spec: NewStorage): readonly StorageConflict[] {
  const found: StorageConflict[] = []
  const all = storageLinks(spec)
  if (all.length > MOST_LINKS) {
    found.push({
      key: 'import',
      why: `has ${spec.imports.length} places; with the export AWS has room for ${MOST_LINKS}`,
    })
  }
  for (const [at, { path, from }] of spec.imports.entries()) {
    const own = EXPORTED_FOLDERS.find((name) => overlap(path, `/${name}`))
    if (own !== undefined)
      found.push({ key: 'import', why: `names ${path}, but /${own} is muster's: name another folder` })
    const earlier = spec.imports.slice(0, at)
    const same = earlier.find((other) => overlap(other.path, path) || overlap(other.from, from))
    if (same)
      found.push({ key: 'import', why: `has ${path} and ${same.path} one inside the other: AWS wants them apart` })
    if (spec.exportTo !== null && overlap(from, spec.exportTo)) {
      found.push({ key: 'export', why: `is ${spec.exportTo}, which ${from} is imported from: AWS wants them apart` })
    }
  }
  return found
}

function teardown(fields: StorageFields, spec: NewStorage): readonly StorageConflict[] {
  if (fields.onTeardown === 'export' && spec.exportTo === null) {
    return [{ key: 'onTeardown', why: 'is export, but export names no place in S3; add export: s3://bucket/prefix' }]
  }
  // Neither default would do: deleting could lose what was meant to last, keeping costs until somebody notices.
  if (fields.onTeardown === undefined && spec.exportTo === null && spec.deployment === 'PERSISTENT_2') {
    return [
      {
        key: 'deployment',
        why: 'is PERSISTENT_2; say what becomes of it with onTeardown: keep or delete, or add export: s3://bucket/prefix',
      },
    ]
  }
  return []
}
