import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lustrePlan } from '../../../../src/sandbox/services/fsx/state/lustre-rules.ts'
import type { LustreRequest } from '../../../../src/sandbox/services/fsx/state/lustre-rules.ts'

const scratch2: LustreRequest = { deployment: 'SCRATCH_2', capacityGiB: 1200, version: '2.15' }
const persistent1: LustreRequest = { deployment: 'PERSISTENT_1', capacityGiB: 1200, perUnitThroughput: 50 }
const persistent2: LustreRequest = { deployment: 'PERSISTENT_2', capacityGiB: 1200, perUnitThroughput: 125 }
const disks: LustreRequest = { deployment: 'PERSISTENT_1', storageType: 'HDD', driveCache: 'NONE' }
const tiering: LustreRequest = {
  deployment: 'PERSISTENT_2',
  storageType: 'INTELLIGENT_TIERING',
  throughputCapacity: 4000,
  readCache: {},
}

describe('what FSx makes', () => {
  it.each<[string, LustreRequest, object]>([
    [
      "AWS's defaults are SCRATCH_1 and 2.10",
      { capacityGiB: 3600 },
      { deployment: 'SCRATCH_1', storageType: 'SSD', version: '2.10' },
    ],
    ['scratch', scratch2, { deployment: 'SCRATCH_2', capacityGiB: 1200, version: '2.15' }],
    ['PERSISTENT_1', persistent1, { version: '2.10' }],
    ['PERSISTENT_2 defaults to 2.12', persistent2, { version: '2.12' }],
    ['and with metadata to 2.15', { ...persistent2, metadata: { Mode: 'AUTOMATIC' } }, { version: '2.15' }],
    ['slow disks', { ...disks, capacityGiB: 12_000, perUnitThroughput: 12 }, { storageType: 'HDD' }],
    ['faster disks', { ...disks, capacityGiB: 1800, perUnitThroughput: 40 }, { capacityGiB: 1800 }],
    ['tiering has no capacity', tiering, { capacityGiB: null }],
    ['many metadata operations', { ...persistent2, metadata: { Mode: 'USER_PROVISIONED', Iops: 36_000 } }, {}],
  ])('%s', (_, request, expected) => {
    expect(lustrePlan(request)).toMatchObject(expected)
  })

  it.each<[LustreRequest, RegExp]>([
    [
      { ...scratch2, capacityGiB: 3600 },
      /^Invalid Lustre FS storage capacity: 3600. Must be 1200 or a multiple of 2400.$/,
    ],
    [{ capacityGiB: 4800 }, /Must be 1200, 2400 or a multiple of 3600/],
    [{ ...scratch2, capacityGiB: 0 }, /Invalid Lustre FS storage capacity: 0/],
    [{ deployment: 'SCRATCH_2' }, /StorageCapacity is required/],
    [
      { ...scratch2, perUnitThroughput: 50 },
      /^PerUnitStorageThroughput 50 is invalid for SCRATCH_2 SSD. It must be left out.$/,
    ],
    [{ ...persistent1, perUnitThroughput: 125 }, /Valid values are 50, 100, 200/],
    [{ ...persistent1, perUnitThroughput: undefined }, /the provided throughput is invalid or does not meet/],
    [{ ...persistent2, version: '2.10' }, /2.10 is not valid for PERSISTENT_2/],
    [{ ...persistent2, version: '2.12', metadata: { Mode: 'AUTOMATIC' } }, /2.12 is not valid for PERSISTENT_2/],
    [{ ...scratch2, version: '2.16' }, /2.16 is not valid/],
    [{ ...persistent2, efa: true }, /EfaEnabled needs/],
    [{ ...scratch2, metadata: { Mode: 'AUTOMATIC' } }, /PERSISTENT_2 only/],
    [{ ...persistent2, metadata: { Mode: 'USER_PROVISIONED', Iops: 5000 } }, /Iops 5000 is not valid/],
    [{ ...scratch2, storageType: 'HDD' }, /HDD is for PERSISTENT_1 only/],
    [{ ...disks, driveCache: undefined, capacityGiB: 6000, perUnitThroughput: 12 }, /DriveCacheType is required/],
    [{ ...disks, capacityGiB: 1800, perUnitThroughput: 12 }, /multiple of 6000/],
    [{ ...tiering, throughputCapacity: 5000 }, /multiple of 4000/],
    [{ ...tiering, capacityGiB: 1200 }, /left out/],
    [{ ...scratch2, backupDays: 1 }, /scratch/],
  ])('but not %j', (request, message) => {
    expect(() => lustrePlan(request)).toThrow(message)
  })

  it('every size of scratch 2 is 1200 or a multiple of 2400', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 100_000 }), (capacityGiB) => {
        const makes = (): unknown => lustrePlan({ ...scratch2, capacityGiB })
        if (capacityGiB === 1200 || (capacityGiB > 0 && capacityGiB % 2400 === 0)) expect(makes).not.toThrow()
        else expect(makes).toThrow('Invalid Lustre FS storage capacity')
      }),
    )
  })
})
