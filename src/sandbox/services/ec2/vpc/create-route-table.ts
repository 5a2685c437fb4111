import { operation } from '../context.ts'
import { findAll } from '../input/ids.ts'
import { clientToken, text } from '../input/leaves.ts'
import { required } from '../input/shape.ts'
import { tagsFor, tagSpecifications } from '../input/tags.ts'
import { routeTableOnWire } from '../render/route-table.ts'
import { newRouteTable } from '../state/route-table.ts'
import { mostOf } from './quota.ts'
import { limitExceeded } from './refusals.ts'

const parameters = { ClientToken: clientToken, TagSpecification: tagSpecifications, VpcId: required(text) }

/** Makes a table with the network's own route, associated with nothing. */
export const createRouteTable = operation({
  name: 'CreateRouteTable',
  input: parameters,
  handle(input, context) {
    const { region, now } = context
    const { VpcId: vpcId, ClientToken: token } = input
    const [vpc] = findAll('vpc', [vpcId], (id) => region.vpcs.get(id))
    const tags = tagsFor(input.TagSpecification, 'route-table')
    const table = region.tokens.once('CreateRouteTable', token, input, () => {
      const there = [...region.routeTables.values()].filter((one) => one.vpcId === vpcId).length
      if (there >= mostOf('routeTablesOfVpc', context)) throw limitExceeded('RouteTableLimitExceeded', 'route tables')
      const made = newRouteTable({ vpcId, cidrBlock: vpc?.cidrBlock ?? '' }, now, tags)
      region.routeTables.set(made.id, made)
      return made
    })
    return {
      routeTable: routeTableOnWire(table, context, 'current'),
      ...(token === undefined ? {} : { clientToken: token }),
    }
  },
})
