import type { Operation } from '../../service.ts'
import { integer, members, oneOf, text } from '../json/shape.ts'
import { FILE_SYSTEM_ID, TOKEN, badRequest, read } from './input.ts'
import { renderFileSystem } from './render-file-system.ts'
import type { FileSystem } from './state/file-system.ts'
import type { FileSystems } from './state/file-systems.ts'
import { sizesOf } from './state/lustre-rules.ts'

/** UpdateFileSystem: more capacity, data compression, the maintenance window. Other changes are refused by name. */
export function updateFileSystem(fileSystems: FileSystems): Operation {
  return {
    name: 'UpdateFileSystem',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const fileSystem = fileSystems.get(region, input.FileSystemId)
      if (fileSystem.lifecycle !== 'AVAILABLE') {
        throw badRequest(`The file system is ${fileSystem.lifecycle}; only an AVAILABLE one can be updated.`)
      }
      const unknown = unknownIn(raw)
      if (unknown !== undefined) throw badRequest(`The sandbox does not implement a change of ${unknown}.`)
      if (input.StorageCapacity !== undefined) checkGrowth(fileSystem, input.StorageCapacity)
      Object.assign(fileSystem.settings, input.LustreConfiguration)
      if (input.StorageCapacity !== undefined) fileSystems.grow(fileSystem, input.StorageCapacity)
      return { FileSystem: renderFileSystem(fileSystem, fileSystems.world) }
    },
  }
}

/** The model's StorageCapacity of UpdateFileSystem: greater than now, and the deployment's multiple; never for SCRATCH_1. */
function checkGrowth({ plan, capacityGiB, settings }: FileSystem, wanted: number): void {
  if (plan.deployment === 'SCRATCH_1' || capacityGiB === null) {
    throw badRequest(
      `The storage capacity of a ${plan.deployment} ${plan.storageType} file system cannot be increased.`,
    )
  }
  const throughput = settings['PerUnitStorageThroughput']
  const { step } = sizesOf(
    plan.deployment,
    plan.storageType,
    typeof throughput === 'number' ? throughput : undefined,
    settings['EfaEnabled'] === true,
  )
  if (wanted <= capacityGiB || wanted % step !== 0) {
    throw badRequest(
      `Invalid Lustre FS storage capacity: ${wanted}. Must be a multiple of ${step} greater than ${capacityGiB}.`,
    )
  }
}

const TOP = ['FileSystemId', 'ClientRequestToken', 'StorageCapacity', 'LustreConfiguration']
const LUSTRE = ['DataCompressionType', 'WeeklyMaintenanceStartTime']

function unknownIn(raw: Record<string, unknown>): string | undefined {
  const lustre = Object.keys(raw['LustreConfiguration'] ?? {})
  return Object.keys(raw).find((name) => !TOP.includes(name)) ?? lustre.find((name) => !LUSTRE.includes(name))
}

const SHAPE = members(
  { FileSystemId: FILE_SYSTEM_ID },
  {
    ClientRequestToken: TOKEN,
    StorageCapacity: integer({ most: 2_147_483_647, least: 0 }),
    LustreConfiguration: members(
      {},
      {
        DataCompressionType: oneOf('NONE', 'LZ4'),
        WeeklyMaintenanceStartTime: text({ max: 7, min: 7, pattern: /^[1-7]:([01]\d|2[0-3]):?([0-5]\d)$/ }),
      },
    ),
  },
)
