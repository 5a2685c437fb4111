import { operation } from '../context.ts'
import { findAll } from '../input/ids.ts'
import { text } from '../input/leaves.ts'
import { required } from '../input/shape.ts'
import { hasDependencies } from './refusals.ts'

/** Deletes a table that serves no subnet and is not the network's main one. Gateway endpoints let go of it. */
export const deleteRouteTable = operation({
  name: 'DeleteRouteTable',
  input: { RouteTableId: required(text) },
  handle({ RouteTableId: id }, { region }) {
    const [table] = findAll('route-table', [id], (key) => region.routeTables.get(key))
    if (table !== undefined && table.associations.size > 0) throw hasDependencies('routeTable', id)
    for (const endpoint of region.endpoints.values())
      endpoint.routeTableIds = endpoint.routeTableIds.filter((other) => other !== id)
    region.routeTables.delete(id)
    return { return: true }
  },
})
