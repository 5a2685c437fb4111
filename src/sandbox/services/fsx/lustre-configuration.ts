import { flag, integer, listOf, members, oneOf, text } from '../json/shape.ts'
import type { Read } from '../json/shape.ts'
import { badRequest } from './input.ts'
import type { LustrePlan, LustreRequest } from './state/lustre-rules.ts'

/** CreateFileSystem's LustreConfiguration. */
export const LUSTRE_CONFIGURATION = members(
  {},
  {
    WeeklyMaintenanceStartTime: text({ max: 7, min: 7, pattern: /^[1-7]:([01]\d|2[0-3]):?([0-5]\d)$/ }),
    ImportPath: text({ max: 4357, min: 3 }),
    ExportPath: text({ max: 4357, min: 3 }),
    ImportedFileChunkSize: integer({ most: 512_000, least: 1 }),
    AutoImportPolicy: oneOf('NONE', 'NEW', 'NEW_CHANGED', 'NEW_CHANGED_DELETED'),
    DeploymentType: oneOf('SCRATCH_1', 'SCRATCH_2', 'PERSISTENT_1', 'PERSISTENT_2'),
    PerUnitStorageThroughput: integer({ most: 1000, least: 12 }),
    DailyAutomaticBackupStartTime: text({ max: 5, min: 5, pattern: /^([01]\d|2[0-3]):?([0-5]\d)$/ }),
    AutomaticBackupRetentionDays: integer({ most: 90, least: 0 }),
    CopyTagsToBackups: flag(),
    DriveCacheType: oneOf('NONE', 'READ'),
    DataCompressionType: oneOf('NONE', 'LZ4'),
    EfaEnabled: flag(),
    LogConfiguration: members(
      { Level: oneOf('DISABLED', 'WARN_ONLY', 'ERROR_ONLY', 'WARN_ERROR') },
      { Destination: text({ max: 1024, min: 8 }) },
    ),
    RootSquashConfiguration: members(
      {},
      {
        RootSquash: text({ max: 21, min: 3, pattern: /^([0-9]{1,10}):([0-9]{1,10})$/ }),
        NoSquashNids: listOf(text({ max: 43, min: 11 }), { max: 64 }),
      },
    ),
    MetadataConfiguration: members(
      { Mode: oneOf('AUTOMATIC', 'USER_PROVISIONED') },
      { Iops: integer({ most: 192_000, least: 1500 }) },
    ),
    ThroughputCapacity: integer({ most: 2_000_000, least: 4000 }),
    DataReadCacheConfiguration: members(
      {},
      {
        SizingMode: oneOf('NO_CACHE', 'USER_PROVISIONED', 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY'),
        SizeGiB: integer({ most: 2_147_483_647, least: 0 }),
      },
    ),
  },
)

type Configuration = Read<typeof LUSTRE_CONFIGURATION>

/** What the rules judge. Throws BadRequest for a link to S3, which the sandbox does not have. */
export function lustreRequest(
  lustre: Configuration,
  top: {
    readonly StorageCapacity?: number | undefined
    readonly StorageType?: LustreRequest['storageType']
    readonly FileSystemTypeVersion?: string | undefined
  },
): LustreRequest {
  const linked = (['ImportPath', 'ExportPath', 'ImportedFileChunkSize'] as const).find(
    (name) => lustre[name] !== undefined,
  )
  if (linked !== undefined)
    throw badRequest(`The sandbox does not implement ${linked}: its file systems are not linked to S3.`)
  return {
    deployment: lustre.DeploymentType,
    storageType: top.StorageType,
    capacityGiB: top.StorageCapacity,
    version: top.FileSystemTypeVersion,
    perUnitThroughput: lustre.PerUnitStorageThroughput,
    throughputCapacity: lustre.ThroughputCapacity,
    driveCache: lustre.DriveCacheType,
    metadata: lustre.MetadataConfiguration,
    readCache: lustre.DataReadCacheConfiguration,
    efa: lustre.EfaEnabled,
    backupDays: lustre.AutomaticBackupRetentionDays,
  }
}

/** What describe calls show of it, with AWS's defaults. */
export function shownSettings(lustre: Configuration, { deployment }: LustrePlan): Record<string, unknown> {
  const { DeploymentType: _, AutoImportPolicy: __, ...given } = lustre
  return {
    WeeklyMaintenanceStartTime: '1:05:00',
    ...(deployment.startsWith('PERSISTENT') ? { AutomaticBackupRetentionDays: 0, CopyTagsToBackups: false } : {}),
    DataCompressionType: 'NONE',
    LogConfiguration: { Level: 'DISABLED' },
    ...(deployment === 'PERSISTENT_2' ? { EfaEnabled: false } : {}),
    ...given,
  }
}
