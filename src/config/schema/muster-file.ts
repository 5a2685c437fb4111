import { z } from 'zod'
import { parseSizeGiB } from '../size.ts'
import { tags } from './tags.ts'
import { capacityFields } from './capacity.ts'
import { cloud, fleetName, mapping, matching, oneOf, profile, region } from './fields.ts'

/** `muster.yaml`: which cloud, and the fleets. Whatever a fleet leaves out it has from the built-in one. */

/** StorageCapacity of SCRATCH_2 and PERSISTENT_2 (FSx API reference): 1200, then multiples of 2400 GiB. */
const CAPACITY = 'must be 1200 GiB, 2400 GiB or a multiple of 2400 GiB'
const MAX_CAPACITY_GIB = 2_147_483_647

function isCapacity(value: string | number): boolean {
  const gib = parseSizeGiB(value)
  return gib !== null && gib <= MAX_CAPACITY_GIB && (gib === 1200 || gib % 2400 === 0)
}

/** PerUnitStorageThroughput of PERSISTENT_2 on SSD, MB/s a TiB (FSx API reference). */
const THROUGHPUTS = [125, 250, 500, 1000] as const

/** A mount there hides what a node needs to run: its programs, its users, muster's own scripts. */
const SYSTEM_FOLDERS =
  /^\/(?:(?:bin|boot|dev|etc|lib|lib32|lib64|proc|run|sbin|sys|usr)(?:\/|$)|(?:home|opt|root|tmp|var)$|opt\/muster(?:\/|$)|var\/(?:lib|log|run)(?:\/(?:muster.*|amazon.*)?)?$)/

const storage = z
  .strictObject({
    capacity: z.union([z.string(), z.number()], { error: CAPACITY }).refine(isCapacity, { error: CAPACITY }).optional(),
    deployment: oneOf(['SCRATCH_2', 'PERSISTENT_2']).optional(),
    throughput: z.literal(THROUGHPUTS, { error: 'must be 125, 250, 500 or 1000 MB/s a TiB' }).optional(),
    mount: matching(
      /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]{1,64}){1,8}$/,
      'must be an absolute path of plain folder names, such as /fsx',
    )
      .refine((path) => !SYSTEM_FOLDERS.test(path), {
        error: 'must be a folder of its own, such as /fsx: the system of a node lives there',
      })
      .optional(),
  })
  .describe('an FSx for Lustre file system that every node mounts')

const fleet = z.strictObject(
  {
    ...capacityFields,
    efa: oneOf(['auto', 'required', 'off']).optional(),
    image: matching(
      /^[A-Za-z0-9/_.:-]{1,2048}$/,
      'must be auto, an AMI id such as ami-0123456789abcdef0, or the name of a public SSM parameter',
    ).optional(),
    instanceProfile: matching(
      /^[A-Za-z0-9+=,.@_-]{1,128}$/,
      'must be the name of an instance profile (letters, digits and +=,.@_-), or none',
    ).optional(),
    storage: z.union([z.literal('none'), storage], { error: 'must be none, or a mapping with capacity' }).optional(),
    tags: tags.optional(),
  },
  mapping,
)

export const musterFile = z.strictObject(
  {
    cloud: cloud.optional(),
    region: region.optional(),
    profile: profile.optional(),
    defaultFleet: fleetName.optional(),
    fleets: z.record(fleetName, fleet, { error: 'must be a mapping of fleet names' }).optional(),
  },
  mapping,
)

export type MusterFile = z.infer<typeof musterFile>
export type FleetFields = z.infer<typeof fleet>
export type StorageFields = z.infer<typeof storage>
