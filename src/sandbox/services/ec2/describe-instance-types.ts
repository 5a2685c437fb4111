import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import { next } from './describe.ts'
import { filters, matcher } from './input/filters.ts'
import { flag, text } from './input/leaves.ts'
import { page, paging, refusePagingWithIds } from './input/pages.ts'
import { list } from './input/shape.ts'
import { instanceTypeFilters } from './instance-type-filters.ts'
import { instanceTypeNames, wireNames } from './render/wire-names.ts'
import { instanceTypes, offeringsOf } from './state/instance-types.ts'

const parameters = {
  ...paging({ least: 5, most: 100 }),
  Filter: filters,
  IncludeUnsupportedInRegion: flag,
  InstanceType: list(text, 100),
}

/** The types that are sold in the region, as AWS describes them. */
export const describeInstanceTypes = operation({
  name: 'DescribeInstanceTypes',
  input: parameters,
  handle(input, { region }) {
    refusePagingWithIds(input.InstanceType, input, 'instanceTypes')
    const offered = offeringsOf(region.name)
    const known = [...instanceTypes().values()].filter((type) => offered.has(type.InstanceType))
    const asked = input.InstanceType ?? []
    const missing = asked.filter((name) => !offered.has(name) || !instanceTypes().has(name))
    if (missing.length > 0)
      throw new AwsError(
        'InvalidInstanceType',
        `The following supplied instance types do not exist: [${missing.join(', ')}]`,
      )
    const chosen = asked.length === 0 ? known : known.filter((type) => asked.includes(type.InstanceType))
    const { items, nextToken } = page(
      chosen.filter(matcher(input.Filter, instanceTypeFilters)),
      input,
      (type) => type.InstanceType,
      100,
    )
    return { instanceTypeSet: items.map((type) => wireNames(type, instanceTypeNames)), ...next(nextToken) }
  },
})
