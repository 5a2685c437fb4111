import { DescribeSpotPriceHistoryCommand, type _InstanceType } from '@aws-sdk/client-ec2'
import type { Price } from '../../core/cost/fleet-cost.ts'
import { connectEc2 } from '../ec2/ec2.ts'
import { whereOffered } from '../optional.ts'
import { allPages } from '../pages.ts'
import type { AwsSettings } from '../settings.ts'

/**
 * The Spot price of each zone. The history lists changes alone, and the last one before the time that is asked from: asked from
 * now on it is the price that holds (DescribeSpotPriceHistory). Its day is that of the change.
 */
export async function spotPrices(
  settings: AwsSettings,
  instanceType: string,
  region: string,
): Promise<ReadonlyMap<string, Price>> {
  const ec2 = connectEc2({ ...settings, region })
  const asked = {
    InstanceTypes: [instanceType as _InstanceType],
    ProductDescriptions: ['Linux/UNIX'],
    StartTime: new Date(settings.clock.now()),
  }
  const history = await whereOffered(
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.send(new DescribeSpotPriceHistoryCommand({ ...asked, NextToken }))
        return { items: page.SpotPriceHistory, next: page.NextToken }
      }),
    [],
  )
  const newestLast = history.toSorted((a, b) => (a.Timestamp?.getTime() ?? 0) - (b.Timestamp?.getTime() ?? 0))
  const prices = newestLast.map((one): [string, Price] => [
    one.AvailabilityZone ?? '',
    { usdPerHour: Number(one.SpotPrice), asOf: one.Timestamp?.toISOString().slice(0, 10) ?? '' },
  ])
  return new Map(prices.filter(([, { usdPerHour }]) => usdPerHour > 0))
}
