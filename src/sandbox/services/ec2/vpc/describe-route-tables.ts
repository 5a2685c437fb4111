import { operation } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { next, select } from '../describe.ts'
import { absent, filters } from '../input/filters.ts'
import type { FilterTable } from '../input/filters.ts'
import { text } from '../input/leaves.ts'
import { paging } from '../input/pages.ts'
import { list } from '../input/shape.ts'
import { routesOf, routeTableOnWire } from '../render/route-table.ts'
import type { ShownRoute } from '../render/route-table.ts'
import type { Association, RouteTable } from '../state/route-table.ts'

const parameters = { ...paging({ least: 5, most: 100 }), Filter: filters, RouteTableId: list(text) }

export const describeRouteTables = operation({
  name: 'DescribeRouteTables',
  input: parameters,
  handle(input, context) {
    const { items, nextToken } = select(
      {
        kind: 'route-table',
        items: context.region.routeTables,
        ids: input.RouteTableId,
        filters: input.Filter,
        table: tableOf(context),
        paging: input,
      },
      context,
    )
    return { routeTableSet: items.map((one) => routeTableOnWire(one, context)), ...next(nextToken) }
  },
})

function tableOf(context: Ec2Call): FilterTable<RouteTable> {
  const ofRoute =
    <V>(read: (route: ShownRoute) => V) =>
    (table: RouteTable): V[] =>
      routesOf(table, context).map(read)
  return {
    ...absent(
      'association.gateway-id',
      'route.destination-ipv6-cidr-block',
      'route.egress-only-internet-gateway-id',
      'route.instance-id',
      'route.transit-gateway-id',
      'route.vpc-peering-connection-id',
    ),
    'association.main': ofAssociation(({ subnetId }) => subnetId === null),
    'association.route-table-association-id': ofAssociation(({ id }) => id),
    'association.route-table-id': ofAssociation((_one, table) => table.id),
    'association.subnet-id': ofAssociation(({ subnetId }) => subnetId),
    'owner-id': () => context.world.account,
    'route-table-id': (table) => table.id,
    'route.destination-cidr-block': ofRoute((route) => route.destinationCidrBlock),
    'route.destination-prefix-list-id': ofRoute((route) => route.destinationPrefixListId),
    'route.gateway-id': ofRoute((route) => route.gatewayId),
    'route.nat-gateway-id': ofRoute((route) => route.natGatewayId),
    'route.origin': ofRoute((route) => route.origin),
    'route.state': ofRoute((route) => route.state),
    'vpc-id': (table) => table.vpcId,
  }
}

const ofAssociation =
  <V>(read: (one: Association, table: RouteTable) => V) =>
  (table: RouteTable): V[] =>
    [...table.associations.values()].map((one) => read(one, table))
