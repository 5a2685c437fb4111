import { newId, resource } from './resource.ts'
import type { Resource } from './resource.ts'

/** Where traffic of a network's subnets goes. The main table serves every subnet that has no other. */
export interface RouteTable extends Resource {
  readonly kind: 'route-table'
  readonly vpcId: string
  /** By destination: a CIDR block or a prefix list. */
  readonly routes: Map<string, Route>
  readonly associations: Map<string, Association>
}

export interface Route {
  readonly destination: string
  readonly target: RouteTarget
  readonly origin: 'CreateRouteTable' | 'CreateRoute'
}

export type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'internet-gateway'; readonly id: string }
  | { readonly kind: 'nat-gateway'; readonly id: string }
  | { readonly kind: 'network-interface'; readonly id: string }

export interface Association {
  readonly id: string
  /** Null where it makes the table the network's main one. */
  readonly subnetId: string | null
}

/** A table with the route that every table has: what is in the network stays in it. */
export function newRouteTable(
  { id = newId('rtb-'), vpcId, cidrBlock, isMain = false }: RouteTableSettings,
  now: number,
  tags?: ReadonlyMap<string, string>,
): RouteTable {
  const table: RouteTable = {
    ...resource('route-table', id, now, tags),
    vpcId,
    routes: new Map(),
    associations: new Map(),
  }
  table.routes.set(cidrBlock, { destination: cidrBlock, target: { kind: 'local' }, origin: 'CreateRouteTable' })
  if (isMain) associate(table, null)
  return table
}

interface RouteTableSettings {
  readonly id?: string
  readonly vpcId: string
  readonly cidrBlock: string
  readonly isMain?: boolean
}

/** Adds an association to the table; its id is new. */
export function associate(table: RouteTable, subnetId: string | null): Association {
  const association: Association = { id: newId('rtbassoc-'), subnetId }
  table.associations.set(association.id, association)
  return association
}

export const isMain = (table: RouteTable): boolean =>
  [...table.associations.values()].some(({ subnetId }) => subnetId === null)

/** The table that serves a subnet: its own, else the network's main one. */
export function tableOf(
  tables: Iterable<RouteTable>,
  subnet: { readonly id: string; readonly vpcId: string },
): RouteTable | undefined {
  const ofVpc = [...tables].filter((table) => table.vpcId === subnet.vpcId)
  const own = ofVpc.find((table) => [...table.associations.values()].some(({ subnetId }) => subnetId === subnet.id))
  return own ?? ofVpc.find(isMain)
}
