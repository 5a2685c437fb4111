import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, it } from 'vitest'
import { connectPrices } from '../../../../src/aws/pricing/prices.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const pricing = mockClient(PricingClient)
beforeEach(() => pricing.reset())

function product(usd: string, unit = 'Hrs', currency = 'USD'): string {
  const priceDimensions = { 'A.B.C': { unit, pricePerUnit: { [currency]: usd } } }
  return JSON.stringify({
    publicationDate: '2026-07-20T10:11:12Z',
    terms: { OnDemand: { 'A.B': { effectiveDate: '2026-07-01T00:00:00Z', priceDimensions } } },
  })
}

it('asks for one product with all filters, and reads its hourly price', async () => {
  pricing.on(GetProductsCommand).resolves({ PriceList: [product('1.6832000000')] })
  const prices = connectPrices(mockSettings({ region: 'eu-west-1' }))
  expect(await prices.onDemand('hpc7g.16xlarge', 'eu-west-1')).toEqual({ usdPerHour: 1.6832, asOf: '2026-07-20' })
  const call = pricing.commandCalls(GetProductsCommand)[0]!
  expect(call.args[0].input).toMatchObject({ ServiceCode: 'AmazonEC2', FormatVersion: 'aws_v1', MaxResults: 100 })
  const filters = call.args[0].input.Filters ?? []
  expect(Object.fromEntries(filters.map(({ Field, Value }) => [Field, Value]))).toEqual({
    instanceType: 'hpc7g.16xlarge',
    regionCode: 'eu-west-1',
    operatingSystem: 'Linux',
    preInstalledSw: 'NA',
    tenancy: 'Shared',
    capacitystatus: 'Used',
    marketoption: 'OnDemand',
    licenseModel: 'No License required',
  })
  // The price list has few endpoints, wherever the fleet is.
  expect(await (call.thisValue as PricingClient).config.region()).toBe('us-east-1')
})

it.each([
  ['no product', []],
  ['a price of nothing', [product('0.0000000000')]],
  ['another unit', [product('5', 'Quantity')]],
  ['another currency', [product('5', 'Hrs', 'CNY')]],
  ['what is no JSON', ['<html>', 'null', '{}', '[]']],
])('has no price where there is %s', async (_what, PriceList) => {
  pricing.on(GetProductsCommand).resolves({ PriceList })
  expect(await connectPrices(mockSettings()).onDemand('hpc7g.16xlarge', 'us-east-1')).toBeNull()
})

it('takes the dearest of several: nobody is promised less than what it may cost', async () => {
  pricing.on(GetProductsCommand).resolves({ PriceList: [product('1'), product('3'), product('2')] })
  expect(await connectPrices(mockSettings()).onDemand('c', 'us-east-1')).toMatchObject({ usdPerHour: 3 })
})

it.each([
  ['AccessDeniedException', 'NotAllowed'],
  ['UnknownOperationException', 'NotSupported'],
])('maps %s', async (name, code) => {
  pricing.on(GetProductsCommand).rejects(awsFailure(name))
  await expect(connectPrices(mockSettings()).onDemand('c', 'us-east-1')).rejects.toMatchObject({ code })
})
