import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import { filters, matcher } from './input/filters.ts'
import { flag, text } from './input/leaves.ts'
import { list } from './input/shape.ts'
import { regionNames } from './state/instance-types.ts'

const parameters = { AllRegions: flag, Filter: filters, RegionName: list(text) }

/** The regions of which offerings were recorded; all are enabled here. */
export const describeRegions = operation({
  name: 'DescribeRegions',
  input: parameters,
  handle(input) {
    const asked = input.RegionName ?? []
    const unknown = asked.filter((name) => !regionNames().includes(name))
    if (unknown.length > 0) throw new AwsError('InvalidParameterValue', `Invalid region names: [${unknown.join(', ')}]`)
    const matches = matcher<string>(input.Filter, {
      endpoint: endpointOf,
      'opt-in-status': () => 'opt-in-not-required',
      'region-name': (name) => name,
    })
    const shown = regionNames().filter((name) => (asked.length === 0 || asked.includes(name)) && matches(name))
    return {
      regionInfo: shown.map((regionName) => ({
        regionName,
        regionEndpoint: endpointOf(regionName),
        optInStatus: 'opt-in-not-required',
      })),
    }
  },
})

const endpointOf = (region: string): string => `ec2.${region}.amazonaws.com`
