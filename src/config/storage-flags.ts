import { MusterError } from '../core/errors/muster-error.ts'
import type { NewStorage, StorageSpec } from '../core/fleet/storage-spec.ts'
import { fleetName } from './schema/fields.ts'
import { describedStorage, type StorageFields } from './schema/storage.ts'
import { showValue } from './show-value.ts'
import { storageConflicts } from './storage-conflicts.ts'
import { newStorage } from './storage-spec.ts'

/** The flags of `muster storage create`, as they were typed. */
export interface StorageFlags {
  readonly capacity?: string | undefined
  readonly deployment?: string | undefined
  readonly throughput?: number | undefined
  readonly compression?: string | undefined
  readonly metadata?: string | undefined
  readonly efa?: boolean | undefined
  readonly mount?: string | undefined
  readonly import?: string | undefined
  readonly export?: string | undefined
  readonly onTeardown?: string | undefined
}

const KEYS = [
  'capacity',
  'deployment',
  'throughput',
  'compression',
  'metadata',
  'efa',
  'mount',
  'import',
  'export',
  'onTeardown',
] as const

/**
 * What the fleet describes, with the flags in its place where there are any. Storage that is made by itself is kept, unless somebody
 * says otherwise: who makes it ahead means it to be there.
 *
 * @throws MusterError UsageInvalid.
 */
export function storageFromFlags(fleet: string, described: StorageSpec | null, flags: StorageFlags): NewStorage {
  if (!fleetName.safeParse(fleet).success) throw wrong(`the name ${showValue(fleet)} is none that a fleet can have`)
  if (described?.kind === 'existing') throw wrong(`fleet ${fleet} has ${described.id}: there is nothing to make`)
  const given = {
    ...(described === null ? {} : fieldsOf(described)),
    onTeardown: 'keep',
    ...Object.fromEntries(KEYS.flatMap((key) => (flags[key] === undefined ? [] : [[key, flags[key]]]))),
    ...(flags.metadata === undefined || flags.metadata === 'automatic' ? {} : { metadata: Number(flags.metadata) }),
  }
  const read = describedStorage.safeParse(given)
  if (!read.success) {
    const [issue] = read.error.issues
    throw wrong(`--${flagOf(String(issue?.path[0] ?? ''))} is not right; it ${issue?.message}`)
  }
  const [conflict] = storageConflicts(read.data)
  if (conflict) throw wrong(`--${flagOf(conflict.key)} ${conflict.why}`)
  return newStorage(read.data)
}

/** The keys that would describe it. */
function fieldsOf(spec: NewStorage): StorageFields {
  const { capacityGiB, deployment, throughputPerTiB, compression, metadata, efa, mountPoint, imports, exportTo } = spec
  return {
    capacity: capacityGiB,
    deployment,
    ...(throughputPerTiB === null ? {} : { throughput: throughputPerTiB as 125 }),
    compression,
    ...(metadata === null ? {} : { metadata }),
    efa,
    mount: mountPoint,
    ...(imports.length === 0 ? {} : { import: imports.map((one) => ({ ...one })) }),
    ...(exportTo === null ? {} : { export: exportTo }),
  }
}

const flagOf = (key: string) => (key === 'onTeardown' ? 'on-teardown' : key)

function wrong(message: string): MusterError {
  return new MusterError('UsageInvalid', message, { suggestions: ['muster storage create --help'] })
}
