import { AwsError } from '../../../aws-error.ts'
import { operation } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { invalidCombination, invalidValue, missingParameter } from '../errors.ts'
import { findAll } from '../input/ids.ts'
import { text } from '../input/leaves.ts'
import { required, unimplemented } from '../input/shape.ts'
import type { Parsed } from '../input/shape.ts'
import { cidrText, contains, parseCidr } from '../state/cidr.ts'
import type { RouteTable, RouteTarget } from '../state/route-table.ts'
import { mostOf } from './quota.ts'
import { limitExceeded, readCidr } from './refusals.ts'

const parameters = {
  CarrierGatewayId: unimplemented,
  CoreNetworkArn: unimplemented,
  DestinationCidrBlock: text,
  DestinationIpv6CidrBlock: unimplemented,
  DestinationPrefixListId: unimplemented,
  EgressOnlyInternetGatewayId: unimplemented,
  GatewayId: text,
  InstanceId: unimplemented,
  LocalGatewayId: unimplemented,
  NatGatewayId: text,
  NetworkInterfaceId: text,
  OdbNetworkArn: unimplemented,
  RouteTableId: required(text),
  TransitGatewayId: unimplemented,
  VpcEndpointId: unimplemented,
  VpcPeeringConnectionId: unimplemented,
}

/** A destination has one route. The same route again is no error. */
export const createRoute = operation({
  name: 'CreateRoute',
  input: parameters,
  handle(input, context) {
    const { region } = context
    const [table] = findAll('route-table', [input.RouteTableId], (id) => region.routeTables.get(id))
    if (table === undefined) throw new Error('found, and not there')
    if (input.DestinationCidrBlock === undefined) throw missingParameter('destinationCidrBlock')
    const destination = cidrText(readCidr(input.DestinationCidrBlock, 'destinationCidrBlock'))
    const target = targetOf(input, table, context)
    refuseLocal(destination, table, context)
    const there = table.routes.get(destination)
    if (there !== undefined && JSON.stringify(there.target) !== JSON.stringify(target))
      throw new AwsError('RouteAlreadyExists', `The route identified by ${destination} already exists.`)
    const own = [...table.routes.values()].filter((route) => route.origin === 'CreateRoute').length
    if (there === undefined && own >= mostOf('routesOfTable', context))
      throw limitExceeded('RouteLimitExceeded', 'routes in a route table')
    table.routes.set(destination, { destination, target, origin: 'CreateRoute' })
    return { return: true }
  },
})

function targetOf(input: Parsed<typeof parameters>, table: RouteTable, { region }: Ec2Call): RouteTarget {
  const { GatewayId: gatewayId, NatGatewayId: natId, NetworkInterfaceId: interfaceId } = input
  if ([gatewayId, natId, interfaceId].filter((one) => one !== undefined).length > 1)
    throw invalidCombination('Exactly one route target must be specified.')
  if (gatewayId !== undefined) {
    const [gateway] = findAll('internet-gateway', [gatewayId], (id) => region.internetGateways.get(id))
    if (gateway?.vpcId !== table.vpcId)
      throw invalidValue(`route table ${table.id} and network gateway ${gatewayId} belong to different networks`)
    return { kind: 'internet-gateway', id: gatewayId }
  }
  if (natId !== undefined) {
    const [nat] = findAll('natgateway', [natId], (id) => region.natGateways.get(id))
    if (nat?.vpcId !== table.vpcId)
      throw invalidValue(`route table ${table.id} and network gateway ${natId} belong to different networks`)
    return { kind: 'nat-gateway', id: natId }
  }
  if (interfaceId === undefined) throw missingParameter('gatewayId')
  const [one] = findAll('network-interface', [interfaceId], (id) => region.interfaces.get(id))
  if (one?.vpcId !== table.vpcId)
    throw invalidValue(`route table ${table.id} and interface ${interfaceId} belong to different networks`)
  return { kind: 'network-interface', id: interfaceId }
}

/** What lies in the network is reached directly; here no part of it can be routed elsewhere. */
function refuseLocal(destination: string, { vpcId }: RouteTable, { region }: Ec2Call): void {
  const whole = parseCidr(region.vpcs.get(vpcId)?.cidrBlock ?? '')
  const range = parseCidr(destination)
  if (whole !== undefined && range !== undefined && contains(whole, range))
    throw invalidValue(
      `The destination CIDR block ${destination} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.`,
    )
}
