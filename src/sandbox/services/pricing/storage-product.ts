import { readFileSync } from 'node:fs'
import { priced } from './priced-product.ts'
import type { Product } from './priced-product.ts'

/** Lustre's prices as they were recorded: `src/sandbox/data/storage-prices.json`. */
interface RecordedStorage {
  readonly recordedAt: string
  readonly regionCode: string
  readonly currency: string
  readonly unit: string
  readonly lustreSsd: readonly {
    readonly deployment: string
    readonly usagetype: string
    readonly throughputCapacity: string
    readonly price: string
  }[]
}

/**
 * FSx for Lustre on SSD, a GB and month: those with a recorded price. Usage types and operation are recorded with it; file
 * system type, storage type, throughput and deployment option are as public readers of the list filter by them.
 */
export function storageProducts(): readonly Product[] {
  made ??= read()
  return made
}

let made: readonly Product[] | undefined

function read(): readonly Product[] {
  const file = new URL('../../data/storage-prices.json', import.meta.url)
  const { regionCode, recordedAt, currency, unit, lustreSsd } = JSON.parse(
    readFileSync(file, 'utf8'),
  ) as RecordedStorage
  return lustreSsd.map(({ usagetype, throughputCapacity, price }) =>
    priced({
      serviceCode: 'AmazonFSx',
      productFamily: 'Storage',
      seed: [regionCode, usagetype],
      attributes: {
        servicecode: 'AmazonFSx',
        servicename: 'Amazon FSx',
        location: 'US West (Oregon)',
        locationType: 'AWS Region',
        regionCode,
        fileSystemType: 'Lustre',
        storageType: 'SSD',
        throughputCapacity,
        // That of the persistent ones is not known.
        ...(throughputCapacity === 'N/A' ? { deploymentOption: 'Single-AZ' } : {}),
        usagetype,
        operation: 'CreateFileSystem:Lustre',
      },
      price,
      unit,
      currency,
      recordedAt,
      describe: (dollars) => `$${dollars} per GB-Mo of Lustre SSD storage (${usagetype})`,
    }),
  )
}
