import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next } from './describe.ts'
import { filters, matcher } from './input/filters.ts'
import type { FilterTable } from './input/filters.ts'
import { oneOf } from './input/leaves.ts'
import { page, paging } from './input/pages.ts'
import { offeringsOf } from './state/instance-types.ts'

const parameters = {
  ...paging({ least: 5, most: 1000 }),
  Filter: filters,
  LocationType: oneOf('region', 'availability-zone', 'availability-zone-id', 'outpost'),
}

type LocationType = 'region' | 'availability-zone' | 'availability-zone-id' | 'outpost'

interface Offering {
  readonly instanceType: string
  readonly locationType: LocationType
  readonly location: string
}

/** Where types are sold, by region or by zone. It says nothing about capacity. */
export const describeInstanceTypeOfferings = operation({
  name: 'DescribeInstanceTypeOfferings',
  input: parameters,
  handle(input, context) {
    const offerings = offeringsAt(input.LocationType ?? 'region', context).filter(matcher(input.Filter, table))
    const { items, nextToken } = page(offerings, input, (one) => `${one.instanceType} ${one.location}`, 1000)
    return { instanceTypeOfferingSet: items, ...next(nextToken) }
  },
})

const table: FilterTable<Offering> = {
  'instance-type': (one) => one.instanceType,
  location: (one) => one.location,
}

function offeringsAt(locationType: LocationType, { region }: Ec2Call): Offering[] {
  const locationsOf: Readonly<Record<LocationType, (zones: readonly string[]) => readonly string[]>> = {
    region: () => [region.name],
    'availability-zone': (zones) => zones,
    'availability-zone-id': (zones) => region.zones.filter((zone) => zones.includes(zone.name)).map((zone) => zone.id),
    outpost: () => [],
  }
  return [...offeringsOf(region.name)].flatMap(([instanceType, zones]) =>
    locationsOf[locationType](zones).map((location) => ({ instanceType, locationType, location })),
  )
}
