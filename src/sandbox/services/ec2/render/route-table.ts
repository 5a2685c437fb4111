import { exhaustive } from '../../../../kit/exhaustive.ts'
import { tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { prefixListOf } from '../state/prefix-lists.ts'
import type { Region } from '../state/region.ts'
import type { RouteTable, RouteTarget } from '../state/route-table.ts'
import { tagSet } from './tags.ts'

export interface ShownRoute {
  readonly destinationCidrBlock?: string
  readonly destinationPrefixListId?: string
  readonly gatewayId?: string
  readonly natGatewayId?: string
  readonly networkInterfaceId?: string
  readonly origin: 'CreateRouteTable' | 'CreateRoute'
  readonly state: 'active' | 'blackhole'
}

export function routeTableOnWire(table: RouteTable, context: Ec2Call, tags: 'seen' | 'current' = 'seen'): object {
  return {
    routeTableId: table.id,
    vpcId: table.vpcId,
    ownerId: context.world.account,
    associationSet: [...table.associations.values()].map(({ id, subnetId }) => ({
      routeTableAssociationId: id,
      routeTableId: table.id,
      main: subnetId === null,
      ...(subnetId === null ? {} : { subnetId }),
      associationState: { state: 'associated' },
    })),
    propagatingVgwSet: [],
    routeSet: routesOf(table, context),
    tagSet: tagSet(tags === 'current' ? table.tags.current : tagsSeen(context)(table)),
  }
}

/** The table's own routes, and those that gateway endpoints put there: to their service's prefix list. */
export function routesOf(table: RouteTable, { region }: Ec2Call): readonly ShownRoute[] {
  const own = [...table.routes.values()].map(({ destination, target, origin }): ShownRoute => ({
    destinationCidrBlock: destination,
    ...targetOnWire(target),
    origin,
    state: isAlive(target, region) ? 'active' : 'blackhole',
  }))
  const ofEndpoints = [...region.endpoints.values()]
    .filter((endpoint) => endpoint.routeTableIds.includes(table.id))
    .flatMap((endpoint): readonly ShownRoute[] => {
      const list = prefixListOf(region.name, endpoint.serviceName)
      return list === undefined
        ? []
        : [{ destinationPrefixListId: list.id, gatewayId: endpoint.id, origin: 'CreateRoute', state: 'active' }]
    })
  return [...own, ...ofEndpoints]
}

function targetOnWire(target: RouteTarget): Partial<ShownRoute> {
  switch (target.kind) {
    case 'local':
      return { gatewayId: 'local' }
    case 'internet-gateway':
      return { gatewayId: target.id }
    case 'nat-gateway':
      return { natGatewayId: target.id }
    case 'network-interface':
      return { networkInterfaceId: target.id }
    default:
      return exhaustive(target)
  }
}

/** A route whose target has gone, or is no longer in the network, is a black hole. */
export function isAlive(target: RouteTarget, region: Region): boolean {
  switch (target.kind) {
    case 'local':
      return true
    case 'internet-gateway':
      return (region.internetGateways.get(target.id)?.vpcId ?? null) !== null
    case 'nat-gateway':
      return ['pending', 'available'].includes(region.natGateways.get(target.id)?.state ?? '')
    case 'network-interface':
      return region.interfaces.has(target.id)
    default:
      return exhaustive(target)
  }
}
