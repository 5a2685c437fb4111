import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, it } from 'vitest'
import { connectPrices } from '../../../../src/aws/pricing/prices.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const pricing = mockClient(PricingClient)

function product(usd: string, attributes: Readonly<Record<string, string>>, unit = 'GB-Mo'): string {
  const priceDimensions = { 'A.B.C': { unit, pricePerUnit: { USD: usd } } }
  return JSON.stringify({
    publicationDate: '2026-07-20T10:11:12Z',
    product: {
      productFamily: 'Storage',
      attributes: { fileSystemType: 'Lustre', storageType: 'SSD', usagetype: 'USE1-Lustre', ...attributes },
    },
    terms: { OnDemand: { 'A.B': { priceDimensions } } },
  })
}

const PriceList = [
  product('0.140', { deploymentOption: 'Scratch' }),
  product('0.145', { deploymentOption: 'Persistent', throughputCapacity: '125' }),
  product('0.210', { deploymentOption: 'Persistent', throughputCapacity: '250' }),
  product('0.600', { deploymentOption: 'Persistent', throughputCapacity: '1000' }),
  product('0.083', { deploymentOption: 'Persistent', throughputCapacity: '125', storageType: 'HDD' }),
  product('0.500', { deploymentOption: 'Persistent', throughputCapacity: '125', usagetype: 'USE1-BackupUsage' }),
  product('9', { deploymentOption: 'Scratch' }, 'IOPS-Mo'),
]

beforeEach(() => {
  pricing.reset()
  pricing.on(GetProductsCommand).resolves({ PriceList })
})

it.each([
  ['SCRATCH_2', null, 0.14],
  ['PERSISTENT_2', 125, 0.145],
  ['PERSISTENT_2', 250, 0.21],
  ['PERSISTENT_2', 1000, 0.6],
  ['PERSISTENT_2', null, 0.145],
] as const)('a GiB of %s with %s MB/s/TiB costs the 730th part of its month', async (deployment, throughput, usd) => {
  const price = await connectPrices(mockSettings()).storage(deployment, throughput, 'us-east-1')
  expect(price).toEqual({ usdPerHour: expect.closeTo(usd / 730, 9), asOf: '2026-07-20' })
})

it('is asked for once a region, all pages of it', async () => {
  pricing
    .on(GetProductsCommand)
    .resolvesOnce({ PriceList: PriceList.slice(0, 1), NextToken: 'more' })
    .resolves({ PriceList: PriceList.slice(1) })
  const prices = connectPrices(mockSettings())
  await Promise.all([prices.storage('SCRATCH_2', null, 'eu-west-1'), prices.storage('PERSISTENT_2', 250, 'eu-west-1')])
  const inputs = pricing.commandCalls(GetProductsCommand).map((call) => call.args[0].input)
  expect(inputs).toHaveLength(2)
  expect(inputs[1]).toMatchObject({
    ServiceCode: 'AmazonFSx',
    NextToken: 'more',
    Filters: [
      { Field: 'regionCode', Value: 'eu-west-1' },
      { Field: 'fileSystemType', Value: 'Lustre' },
    ],
  })
})

it('is unknown where nothing fits, and asked for again after a failure', async () => {
  const prices = connectPrices(mockSettings())
  expect(await prices.storage('PERSISTENT_2', 500, 'us-east-1')).toBeNull()
  pricing.reset()
  pricing.on(GetProductsCommand).rejectsOnce(awsFailure('AccessDeniedException')).resolves({ PriceList })
  await expect(prices.storage('SCRATCH_2', null, 'eu-west-1')).rejects.toMatchObject({ code: 'NotAllowed' })
  expect(await prices.storage('SCRATCH_2', null, 'eu-west-1')).not.toBeNull()
})
