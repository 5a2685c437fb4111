import { z } from 'zod'
import { parseSizeGiB } from '../size.ts'
import { matching, oneOf } from './fields.ts'

/** `storage:` of a fleet. Which values go together is said by `config/storage-conflicts.ts`. */

const CAPACITY = 'must be a size such as 1200 GiB or 2.4 TiB'
/** StorageCapacity is an Integer of 32 bits (FSx API reference). */
const MAX_CAPACITY_GIB = 2_147_483_647

function isCapacity(value: string | number): boolean {
  const gib = parseSizeGiB(value)
  return gib !== null && gib <= MAX_CAPACITY_GIB
}

/** PerUnitStorageThroughput of PERSISTENT_2 on SSD, MB/s a TiB (FSx API reference). */
const THROUGHPUTS = [125, 250, 500, 1000] as const

/** Iops of MetadataConfiguration on SSD: 1500, 3000, 6000, and 12000 to 192000 in steps of 12000 (FSx API reference). */
const METADATA = 'must be automatic, 1500, 3000, 6000, or a multiple of 12000 up to 192000'
const METADATA_IOPS = [1500, 3000, 6000, ...Array.from({ length: 16 }, (_, step) => 12_000 * (step + 1))]

/** A mount there hides what a node needs to run: its programs, its users, muster's own scripts. */
const SYSTEM_FOLDERS =
  /^\/(?:(?:bin|boot|dev|etc|lib|lib32|lib64|proc|run|sbin|sys|usr)(?:\/|$)|(?:home|opt|root|tmp|var)$|opt\/muster(?:\/|$)|var\/(?:lib|log|run)(?:\/(?:muster.*|amazon.*)?)?$)/

const PLAIN_FOLDERS = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]{1,64}){1,8}$/

/**
 * A bucket's name as S3 has them, and a prefix without what a shell or a tag would not take as it is: the place is kept in a tag of the
 * file system, whose values have 256 characters (FSx API reference).
 */
const place = matching(
  /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9_.:=+@-]{1,64}){0,3}\/?$/,
  'must be a place in S3 such as s3://bucket/prefix (letters, digits and _.:=+@- in at most three folders)',
)

const imported = z.strictObject(
  { path: matching(PLAIN_FOLDERS, 'must be a folder from the root of the file system, such as /data'), from: place },
  { error: 'must be a mapping with path and from' },
)

export const describedStorage = z
  .strictObject({
    id: matching(/^fs-[0-9a-f]{8,17}$/, 'must be the id of a file system, such as fs-0123456789abcdef0').optional(),
    capacity: z.union([z.string(), z.number()], { error: CAPACITY }).refine(isCapacity, { error: CAPACITY }).optional(),
    deployment: oneOf(['SCRATCH_2', 'PERSISTENT_2']).optional(),
    throughput: z.literal(THROUGHPUTS, { error: 'must be 125, 250, 500 or 1000 MB/s a TiB' }).optional(),
    compression: oneOf(['none', 'lz4']).optional(),
    metadata: z.union([z.literal('automatic'), z.literal(METADATA_IOPS)], { error: METADATA }).optional(),
    efa: z.boolean({ error: 'must be true or false' }).optional(),
    mount: matching(PLAIN_FOLDERS, 'must be an absolute path of plain folder names, such as /fsx')
      .refine((path) => !SYSTEM_FOLDERS.test(path), {
        error: 'must be a folder of its own, such as /fsx: the system of a node lives there',
      })
      .optional(),
    import: z
      .union([place, z.array(imported, { error: 'must be a list of mappings with path and from' }).min(1).max(8)], {
        error: 'must be a place in S3 such as s3://bucket/prefix, or a list of mappings with path and from',
      })
      .optional(),
    export: place.optional(),
    onTeardown: oneOf(['export', 'keep', 'delete']).optional(),
  })
  .describe('an FSx for Lustre file system that every node mounts')

export const storage = z.union([z.literal('none'), describedStorage], {
  error: 'must be none, or a mapping with capacity',
})

export type StorageFields = z.infer<typeof describedStorage>
