import { DescribeInstanceTypeOfferingsCommand, type InstanceTypeOffering, type LocationType } from '@aws-sdk/client-ec2'
import { allPages } from '../pages.ts'
import type { Ec2 } from './ec2.ts'

/** AWS's limit of values in a filter. */
const MOST_VALUES = 200

/** Which zones of the region sell each of the types, sorted; a type that none sells has no entry. */
export async function zonesByType(ec2: Ec2, types: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  // With many types the whole list costs fewer calls than asking by name.
  const found = await offerings(ec2, 'availability-zone', types.length > MOST_VALUES ? [] : types)
  const byType = Map.groupBy(found, (one) => one.InstanceType ?? '')
  return new Map([...byType].map(([type, some]) => [type, some.map((one) => one.Location ?? '').toSorted()]))
}

/** Names of all types that the region sells, some 1,200. */
export async function typesOfRegion(ec2: Ec2): Promise<string[]> {
  return (await offerings(ec2, 'region', [])).map((one) => one.InstanceType ?? '')
}

/** None named: all. */
function offerings(ec2: Ec2, location: LocationType, types: readonly string[]): Promise<InstanceTypeOffering[]> {
  const Filters = types.length === 0 ? [] : [{ Name: 'instance-type', Values: [...types] }]
  return allPages(async (NextToken) => {
    const input = { LocationType: location, Filters, MaxResults: 1000, NextToken }
    const page = await ec2.send(new DescribeInstanceTypeOfferingsCommand(input))
    return { items: page.InstanceTypeOfferings, next: page.NextToken }
  })
}
