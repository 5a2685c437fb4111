import { invalidCombination } from './errors.ts'
import { operation } from './context.ts'
import { findAll } from './input/ids.ts'
import { filters } from './input/filters.ts'
import { text } from './input/leaves.ts'
import { paging } from './input/pages.ts'
import { required } from './input/shape.ts'

const parameters = { ...paging({ least: 1, most: 1000 }), Filter: filters, FleetId: required(text) }

/** Only for fleets that keep their capacity, which the sandbox has none of: instant ones are looked at by DescribeFleets. */
export const describeFleetInstances = operation({
  name: 'DescribeFleetInstances',
  input: parameters,
  handle(input, { region }) {
    findAll('fleet', [input.FleetId], (id) => region.fleets.get(id))
    throw invalidCombination(
      `The fleet ${input.FleetId} is of the type instant: use DescribeFleets to see its instances.`,
    )
  },
})
