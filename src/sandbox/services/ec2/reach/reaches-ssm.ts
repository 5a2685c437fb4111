import type { Instance } from '../state/instance.ts'
import type { NetworkInterface } from '../state/interface.ts'
import type { Region } from '../state/region.ts'
import { tableOf } from '../state/route-table.ts'
import type { RouteTable } from '../state/route-table.ts'
import type { SecurityGroup } from '../state/security-group.ts'
import type { VpcEndpoint } from '../state/vpc-endpoint.ts'
import { letsHttps, WORLD } from './passes.ts'

/**
 * What an agent calls to register and to get its commands: compiled facts F.9. Recent agents use ssmmessages and fall back to
 * ec2messages, so that one of the two is enough.
 */
const NEEDED = [['ssm'], ['ssmmessages', 'ec2messages']] as const

/**
 * Whether an instance's agent can talk to SSM, by what its network is: endpoints with private names, or a way to the
 * internet (a NAT gateway; an internet gateway, with a public address), and security groups that let HTTPS pass.
 */
export function reachesSsm(instance: Instance, region: Region): boolean {
  const [primary] = instance.interfaces
  if (primary === undefined) return false
  return NEEDED.every((services) => services.some((service) => reaches(service, primary, region)))
}

function reaches(service: string, from: NetworkInterface, region: Region): boolean {
  const name = `com.amazonaws.${region.name}.${service}`
  const endpoint = [...region.endpoints.values()].find(
    (one) => one.vpcId === from.vpcId && one.serviceName === name && one.privateDns && one.state === 'available',
  )
  // The private name leads to the endpoint whether or not it lets the traffic in.
  return endpoint === undefined ? reachesInternet(from, region) : passesEndpoint(endpoint, from, region)
}

function passesEndpoint(endpoint: VpcEndpoint, from: NetworkInterface, region: Region): boolean {
  const groupIds = from.groupIds.current
  const caller = { address: from.privateIp ?? '', groupIds }
  return (
    letsHttps(groupsOf(endpoint.groupIds, region), 'in', caller) &&
    endpoint.interfaceIds.some((id) =>
      letsHttps(groupsOf(groupIds, region), 'out', {
        address: region.interfaces.get(id)?.privateIp ?? '',
        groupIds: endpoint.groupIds,
      }),
    )
  )
}

function reachesInternet(from: NetworkInterface, region: Region): boolean {
  if (!letsHttps(groupsOf(from.groupIds.current, region), 'out', WORLD)) return false
  const out = wayOut(tableOf(region.routeTables.values(), { id: from.subnetId, vpcId: from.vpcId }))
  if (out?.kind === 'internet-gateway') return from.publicIp !== null && isAttached(out.id, from.vpcId, region)
  if (out?.kind !== 'nat-gateway') return false
  const nat = region.natGateways.get(out.id)
  if (nat?.state !== 'available' || nat.connectivity !== 'public') return false
  const onwards = wayOut(tableOf(region.routeTables.values(), { id: nat.subnetId, vpcId: nat.vpcId }))
  return onwards?.kind === 'internet-gateway' && isAttached(onwards.id, nat.vpcId, region)
}

const wayOut = (table: RouteTable | undefined) => table?.routes.get('0.0.0.0/0')?.target

const isAttached = (gatewayId: string, vpcId: string, region: Region): boolean =>
  region.internetGateways.get(gatewayId)?.vpcId === vpcId

const groupsOf = (ids: readonly string[], region: Region): readonly (SecurityGroup | undefined)[] =>
  ids.map((id) => region.securityGroups.get(id))
