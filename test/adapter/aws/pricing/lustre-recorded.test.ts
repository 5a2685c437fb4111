import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, it } from 'vitest'
import { connectPrices } from '../../../../src/aws/pricing/prices.ts'
import { mockSettings } from '../settings.ts'

const pricing = mockClient(PricingClient)
beforeEach(() => pricing.reset())

function product(attributes: Readonly<Record<string, string>>, monthly: string): string {
  const priceDimensions = { 'A.B.C': { unit: 'GB-Mo', pricePerUnit: { USD: monthly } } }
  return JSON.stringify({
    publicationDate: '2026-07-14T10:11:12Z',
    product: { productFamily: 'Storage', attributes: { fileSystemType: 'Lustre', storageType: 'SSD', ...attributes } },
    terms: { OnDemand: { 'A.B': { priceDimensions } } },
  })
}

/** As the list of us-west-2 has it, and as it is elsewhere. */
const list = (prefix: string) => [
  product({ usagetype: `${prefix}Storage`, throughputCapacity: 'N/A', deploymentOption: 'Single-AZ' }, '0.14'),
  product({ usagetype: `${prefix}Storage.SSD.125`, throughputCapacity: '125' }, '0.145'),
  product({ usagetype: `${prefix}Storage.SSD.1000`, throughputCapacity: '1000' }, '0.60'),
  product({ usagetype: `${prefix}Storage.HDD.12`, throughputCapacity: '12', storageType: 'HDD' }, '0.025'),
  product({ usagetype: `${prefix}BackupUsage`, throughputCapacity: 'N/A' }, '9'),
  product({ usagetype: `${prefix}ProvisionedMetadataIOPS`, throughputCapacity: 'N/A' }, '9'),
]

it.each([
  ['SCRATCH_2', null, 0.14],
  ['PERSISTENT_2', 125, 0.145],
  ['PERSISTENT_2', null, 0.145],
  ['PERSISTENT_2', 1000, 0.6],
] as const)('reads what %s at %s MB/s per TiB costs, with and without a prefix of the region', async (...row) => {
  const [deployment, throughput, monthly] = row
  for (const prefix of ['USW2-', '']) {
    pricing.reset()
    pricing.on(GetProductsCommand).resolves({ PriceList: list(prefix) })
    const price = await connectPrices(mockSettings()).storage(deployment, throughput, 'us-west-2')
    expect(price).toEqual({ usdPerHour: expect.closeTo(monthly / 730, 9), asOf: '2026-07-14' })
  }
})

it('has no price where none of the list fits', async () => {
  pricing.on(GetProductsCommand).resolves({ PriceList: list('USW2-') })
  expect(await connectPrices(mockSettings()).storage('PERSISTENT_2', 500, 'us-west-2')).toBeNull()
})
