import type { Route, RouteTable } from '@aws-sdk/client-ec2'
import type { WayOut } from '../../core/network/fleet-network.ts'

/** Where a subnet's packets for the world go, by the table that it is associated with, else the VPC's main one. */
export function wayOut(subnet: string, vpc: string, tables: readonly RouteTable[] | null): WayOut {
  if (tables === null) return 'unknown'
  const own = tables.find((table) => table.Associations?.some((one) => one.SubnetId === subnet))
  const main = tables.find((table) => table.VpcId === vpc && table.Associations?.some((one) => one.Main === true))
  const routes = ((own ?? main)?.Routes ?? []).filter((route) => route.State !== 'blackhole')
  const everywhere = routes.find((route) => route.DestinationCidrBlock === '0.0.0.0/0')
  if (everywhere === undefined) return routes.some(leadsElsewhere) ? 'other' : 'none'
  if (everywhere.NatGatewayId !== undefined) return 'nat'
  return everywhere.GatewayId?.startsWith('igw-') === true ? 'internet' : 'other'
}

/** Transit gateways, peerings, VPNs, appliances: somebody's own network may reach AWS's services through them. */
function leadsElsewhere(route: Route): boolean {
  const { TransitGatewayId, VpcPeeringConnectionId, NetworkInterfaceId, LocalGatewayId, CoreNetworkArn, GatewayId } =
    route
  const ways = [TransitGatewayId, VpcPeeringConnectionId, NetworkInterfaceId, LocalGatewayId, CoreNetworkArn]
  return ways.some((way) => way !== undefined) || GatewayId?.startsWith('vgw-') === true
}
