import {
  DescribeServicesCommand,
  GetAttributeValuesCommand,
  GetProductsCommand,
  PricingClient,
} from '@aws-sdk/client-pricing'
import type { Filter, GetProductsCommandInput } from '@aws-sdk/client-pricing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPricing } from '../../../src/sandbox/services/pricing/service.ts'
import { startTestSandbox } from '../harness.ts'
import type { TestSandbox } from '../harness.ts'

let sandbox: TestSandbox
let pricing: PricingClient
beforeAll(async () => {
  sandbox = await startTestSandbox({ services: [createPricing] })
  pricing = new PricingClient({ ...sandbox.client, maxAttempts: 1 })
})
afterAll(async () => {
  pricing.destroy()
  await sandbox.close()
})

const match = (Field: string, Value: string, Type: Filter['Type'] = 'TERM_MATCH'): Filter => ({ Type, Field, Value })

/** The filters by which everybody asks for the price of a Linux instance. */
const linux = (instanceType: string, regionCode = 'us-east-1'): Filter[] => [
  match('regionCode', regionCode),
  match('instanceType', instanceType),
  match('operatingSystem', 'Linux'),
  match('preInstalledSw', 'NA'),
  match('tenancy', 'Shared'),
  match('capacitystatus', 'Used'),
  match('marketoption', 'OnDemand'),
  match('licenseModel', 'No License required'),
]

interface PriceListItem {
  readonly product: { readonly sku: string; readonly attributes: Readonly<Record<string, string>> }
  readonly publicationDate: string
  readonly terms: {
    readonly OnDemand: Readonly<
      Record<
        string,
        {
          readonly priceDimensions: Readonly<
            Record<string, { readonly unit: string; readonly pricePerUnit: { readonly USD: string } }>
          >
        }
      >
    >
  }
}

async function ask(input: Partial<GetProductsCommandInput>) {
  const answer = await pricing.send(new GetProductsCommand({ ServiceCode: 'AmazonEC2', ...input }))
  const list: readonly unknown[] = answer.PriceList ?? []
  const items = list.map((text) => JSON.parse(String(text)) as PriceListItem)
  return { ...answer, items, types: items.map(({ product }) => product.attributes['instanceType'] ?? '') }
}

test.each([
  ['hpc7g.16xlarge', '1.6832000000', '64', '128 GiB'],
  ['p5.48xlarge', '55.0400000000', '192', '2048 GiB'],
  ['p4d.24xlarge', '21.9576420000', '96', '1152 GiB'],
])('%s costs $%s an hour', async (type, price, vcpu, memory) => {
  const { items } = await ask({ Filters: linux(type), FormatVersion: 'aws_v1' })
  expect(items).toHaveLength(1)
  const [term] = Object.values(items[0]?.terms.OnDemand ?? {})
  expect(Object.values(term?.priceDimensions ?? {})).toMatchObject([{ unit: 'Hrs', pricePerUnit: { USD: price } }])
  expect(items[0]?.product.attributes).toMatchObject({
    instanceType: type,
    vcpu,
    memory,
    location: 'US East (N. Virginia)',
  })
  expect(items[0]?.publicationDate).toBe('2026-07-20T00:00:00Z')
})

test.each([
  ['a type without a recorded price', linux('hpc7a.96xlarge')],
  ['a type that does not exist', linux('c99.huge')],
  ['another region', linux('hpc7g.16xlarge', 'eu-west-1')],
  [
    'another system',
    [...linux('hpc7g.16xlarge').filter(({ Field }) => Field !== 'operatingSystem'), match('operatingSystem', 'RHEL')],
  ],
  ['a field that nothing has', [match('instanceTpye', 'hpc7g.16xlarge')]],
])('%s has no product', async (_, Filters) => {
  expect((await ask({ Filters })).PriceList).toEqual([])
})

test('filters of the other types', async () => {
  expect(
    (await ask({ Filters: [match('instanceType', 'hpc7g', 'CONTAINS')] })).types.toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['hpc7g.16xlarge', 'hpc7g.4xlarge', 'hpc7g.8xlarge'])
  const two = [
    match('instanceType', 'p5.48xlarge,p4d.24xlarge', 'ANY_OF'),
    match('instanceType', 'p4d.24xlarge', 'NONE_OF'),
  ]
  expect((await ask({ Filters: two })).types).toEqual(['p5.48xlarge'])
})

test('products come in pages, each once', async () => {
  const seen: string[] = []
  let NextToken: string | undefined
  do {
    const page = await ask({ MaxResults: 100, NextToken })
    expect(page.items.length).toBeLessThanOrEqual(100)
    seen.push(...page.types)
    ;({ NextToken } = page)
  } while (NextToken !== undefined)
  expect(seen).toHaveLength(279)
  expect(new Set(seen).size).toBe(279)
})

test('services, attributes and their values', async () => {
  const { Services = [] } = await pricing.send(new DescribeServicesCommand({ ServiceCode: 'AmazonEC2' }))
  expect(Services[0]?.AttributeNames).toEqual(expect.arrayContaining(['instanceType', 'regionCode', 'tenancy']))
  const values = await pricing.send(
    new GetAttributeValuesCommand({ ServiceCode: 'AmazonEC2', AttributeName: 'regionCode' }),
  )
  expect(values.AttributeValues).toEqual([{ Value: 'us-east-1' }])
})

test.each([
  ['USW2-Storage', 'N/A', '0.1400000000'],
  ['USW2-Storage.SSD.100', '100', '0.1900000000'],
  ['USW2-Storage.SSD.200', '200', '0.2900000000'],
])('Lustre on SSD (%s, %s MB/s/TiB) costs $%s a GB and month in us-west-2', async (usagetype, throughput, price) => {
  const Filters = [
    match('regionCode', 'us-west-2'),
    match('fileSystemType', 'Lustre'),
    match('storageType', 'SSD'),
    match('throughputCapacity', throughput),
  ]
  const { items } = await ask({ ServiceCode: 'AmazonFSx', Filters })
  expect(items.map(({ product }) => product.attributes['usagetype'])).toEqual([usagetype])
  const [term] = Object.values(items[0]?.terms.OnDemand ?? {})
  expect(Object.values(term?.priceDimensions ?? {})).toMatchObject([{ unit: 'GB-Mo', pricePerUnit: { USD: price } }])
  expect(items[0]?.publicationDate).toBe('2026-07-14T00:00:00Z')
})

test('no price of Lustre is recorded elsewhere', async () => {
  expect((await ask({ ServiceCode: 'AmazonFSx', Filters: [match('regionCode', 'us-east-1')] })).PriceList).toEqual([])
})

test('what is wrong is refused', async () => {
  await expect(ask({ ServiceCode: 'AmazonNothing' })).rejects.toMatchObject({ name: 'InvalidParameterException' })
  await expect(ask({ FormatVersion: 'aws_v2' })).rejects.toMatchObject({ name: 'InvalidParameterException' })
  await expect(ask({ MaxResults: 101 })).rejects.toMatchObject({ name: 'InvalidParameterException' })
  await expect(ask({ NextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidNextTokenException' })
  const elsewhere = new PricingClient({ ...sandbox.client, region: 'us-west-2', maxAttempts: 1 })
  await expect(elsewhere.send(new DescribeServicesCommand({}))).rejects.toMatchObject({
    name: 'InvalidSignatureException',
    message: expect.stringMatching(/^Credential should be scoped to a valid region, not 'us-west-2'\./),
  })
  elsewhere.destroy()
})
