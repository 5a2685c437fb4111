import { invalidValue } from './errors.ts'
import { operation } from './context.ts'
import { filters, matcher } from './input/filters.ts'
import { text, time } from './input/leaves.ts'
import { paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import { instanceTypes } from './state/instance-types.ts'

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

/** Always empty: the sandbox knows no prices, and AWS has none for the HPC types either. */
export const describeSpotPriceHistory = operation({
  name: 'DescribeSpotPriceHistory',
  input: parameters,
  handle(input) {
    for (const name of input.InstanceType ?? [])
      if (!instanceTypes().has(name)) throw invalidValue(`Invalid instance type: '${name}'`)
    matcher(input.Filter, {
      'availability-zone': nothing,
      'availability-zone-id': nothing,
      'instance-type': nothing,
      'product-description': nothing,
      'spot-price': nothing,
      timestamp: nothing,
    })
    return { spotPriceHistorySet: [], nextToken: '' }
  },
})

const nothing = (): undefined => undefined
