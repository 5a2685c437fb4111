import { invalidCombination, invalidValue } from './errors.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next } from './describe.ts'
import { filters, matcher } from './input/filters.ts'
import { text, time } from './input/leaves.ts'
import { page, paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import { pricedAt, spotPrice } from './spot/prices.ts'
import { instanceTypes } from './state/instance-types.ts'
import { zonesOffering } from './launch/choose-type.ts'
import type { Zone } from './state/zones.ts'

const parameters = {
  ...paging({ least: 1, most: 1000 }),
  AvailabilityZone: text,
  AvailabilityZoneId: text,
  EndTime: time,
  Filter: filters,
  InstanceType: list(text),
  ProductDescription: list(text),
  StartTime: time,
}

interface Entry {
  readonly type: string
  readonly zone: Zone
  readonly price: number
}

/** One price a type and zone, derived from the recorded on-demand price and dated with its day: BEHAVIOUR.md says how. */
export const describeSpotPriceHistory = operation({
  name: 'DescribeSpotPriceHistory',
  input: parameters,
  handle(input, context) {
    const asked = input.InstanceType ?? []
    for (const name of asked) if (!instanceTypes().has(name)) throw invalidValue(`Invalid instance type: '${name}'`)
    const zones = zonesAsked(input, context)
    const products = input.ProductDescription ?? []
    // What was in force before StartTime is answered too, so a price of an earlier day always is.
    const isShown =
      (products.length === 0 || products.some((one) => LINUX.includes(one))) &&
      (input.EndTime === undefined || Date.parse(input.EndTime) >= pricedAt())
    const names = asked.length > 0 ? [...new Set(asked)] : [...instanceTypes().keys()]
    const entries = isShown ? names.flatMap((type) => entriesOf(type, zones, context)) : []
    const fitting = entries.filter(
      matcher(input.Filter, {
        'availability-zone': ({ zone }) => zone.name,
        'availability-zone-id': ({ zone }) => zone.id,
        'instance-type': ({ type }) => type,
        'product-description': () => 'Linux/UNIX',
        'spot-price': ({ price }) => price.toFixed(6),
        timestamp: () => new Date(pricedAt()),
      }),
    )
    const { items, nextToken } = page(fitting, input, ({ type, zone }) => `${type} ${zone.id}`, 1000)
    return { spotPriceHistorySet: items.map(onWire), ...next(nextToken) }
  },
})

const LINUX = ['Linux/UNIX', 'Linux/UNIX (Amazon VPC)']

function zonesAsked(
  {
    AvailabilityZone: name,
    AvailabilityZoneId: id,
  }: { AvailabilityZone?: string | undefined; AvailabilityZoneId?: string | undefined },
  { region }: Ec2Call,
): readonly Zone[] {
  if (name !== undefined && id !== undefined)
    throw invalidCombination(
      "The parameter 'availabilityZone' may not be used in combination with 'availabilityZoneId'",
    )
  if (name === undefined && id === undefined) return region.zones
  const zones = region.zones.filter((zone) => zone.name === name || zone.id === id)
  if (zones.length === 0) throw invalidValue(`Invalid availability zone: [${name ?? id ?? ''}]`)
  return zones
}

function entriesOf(type: string, zones: readonly Zone[], { region }: Ec2Call): Entry[] {
  const offered = zonesOffering(region.name, type)
  return zones.flatMap((zone) => {
    const price = offered.includes(zone.name) ? spotPrice(region.name, type, zone.id) : undefined
    return price === undefined ? [] : [{ type, zone, price }]
  })
}

const onWire = ({ type, zone, price }: Entry): object => ({
  availabilityZone: zone.name,
  availabilityZoneId: zone.id,
  instanceType: type,
  productDescription: 'Linux/UNIX',
  spotPrice: price.toFixed(6),
  timestamp: new Date(pricedAt()),
})
