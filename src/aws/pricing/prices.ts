import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing'
import type { Price } from '../../core/cost/fleet-cost.ts'
import type { Prices } from '../../ports/prices.ts'
import { clientConfig, connected } from '../client-factory.ts'
import type { AwsSettings } from '../settings.ts'
import { lustrePrices } from './lustre.ts'
import { priceOfProduct } from './product.ts'
import { spotPrices } from './spot.ts'

/**
 * Prices over the Price List API. It has endpoints in three regions only, whatever region's prices are asked for
 * (https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html); us-east-1 is asked. Its patience is
 * short: a price is good to have, and nothing waits for it long.
 */
export function connectPrices(settings: AwsSettings): Prices {
  const own = { ...settings, region: 'us-east-1' }
  const client = new PricingClient(clientConfig('PRICING', own, { wholeMs: 4000 }))
  const { send } = connected(client, 'PRICING', own, 6000)
  return {
    async onDemand(instanceType, region) {
      const answer = await send(new GetProductsCommand(query(instanceType, region)))
      // Texts, or what the SDK makes of texts: its type does not say which.
      const documents = (answer.PriceList ?? []) as readonly unknown[]
      const prices = documents.map((text) => priceOfProduct(String(text))).filter((one) => one !== null)
      return prices.toSorted(dearestFirst)[0] ?? null
    },
    spot: (instanceType, region) => spotPrices(settings, instanceType, region),
    storage: lustrePrices({ send }),
  }
}

/** All fields together name one product: plain Linux on shared hardware, on demand, used (not an unused reservation's). */
function query(instanceType: string, region: string) {
  const fields = {
    instanceType,
    regionCode: region,
    operatingSystem: 'Linux',
    preInstalledSw: 'NA',
    tenancy: 'Shared',
    capacitystatus: 'Used',
    marketoption: 'OnDemand',
    licenseModel: 'No License required',
  }
  return {
    ServiceCode: 'AmazonEC2',
    FormatVersion: 'aws_v1',
    MaxResults: 100,
    Filters: Object.entries(fields).map(([Field, Value]) => ({ Type: 'TERM_MATCH' as const, Field, Value })),
  }
}

/** Should there be several, nobody is promised less than what it may cost. */
function dearestFirst(a: Price, b: Price): number {
  return b.usdPerHour - a.usdPerHour
}
