import { operation } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { missingParameter } from '../errors.ts'
import { findAll } from '../input/ids.ts'
import { clientToken, flag, oneOf, text } from '../input/leaves.ts'
import { anything, list, required, unimplemented } from '../input/shape.ts'
import type { Parsed } from '../input/shape.ts'
import { tagsFor, tagSpecifications } from '../input/tags.ts'
import { chooseGroups } from '../launch/choose-groups.ts'
import { addManagedInterface } from '../managed-interface.ts'
import { endpointOnWire } from '../render/vpc-endpoint.ts'
import type { Subnet, Vpc } from '../state/network.ts'
import { newId, resource } from '../state/resource.ts'
import { FULL_ACCESS } from '../state/vpc-endpoint.ts'
import type { VpcEndpoint } from '../state/vpc-endpoint.ts'
import { refuseGateway, refuseInterface, refuseService } from './endpoint-rules.ts'

const parameters = {
  ClientToken: clientToken,
  DnsOptions: anything,
  IpAddressType: oneOf('ipv4'),
  PolicyDocument: text,
  PrivateDnsEnabled: flag,
  ResourceConfigurationArn: unimplemented,
  RouteTableId: list(text),
  SecurityGroupId: list(text),
  ServiceName: text,
  ServiceNetworkArn: unimplemented,
  ServiceRegion: unimplemented,
  SubnetConfiguration: unimplemented,
  SubnetId: list(text),
  TagSpecification: tagSpecifications,
  VpcEndpointType: oneOf('Gateway', 'Interface'),
  VpcId: required(text),
}
type Asked = Parsed<typeof parameters>

/** A gateway endpoint is there at once and puts routes into the tables; one of interfaces is pending for a while. */
export const createVpcEndpoint = operation({
  name: 'CreateVpcEndpoint',
  input: parameters,
  handle(input, context) {
    const { region, now } = context
    const type = input.VpcEndpointType ?? 'Gateway'
    const [vpc] = findAll('vpc', [input.VpcId], (id) => region.vpcs.get(id))
    if (input.ServiceName === undefined) throw missingParameter('ServiceName')
    if (vpc === undefined) throw new Error('found, and not there')
    const tags = tagsFor(input.TagSpecification, 'vpc-endpoint')
    const serviceName = input.ServiceName
    const endpoint = region.tokens.once('CreateVpcEndpoint', input.ClientToken, input, () => {
      refuseService(serviceName, type, context)
      const id = newId('vpce-')
      const parts = type === 'Gateway' ? gatewayParts(input, vpc, context) : interfaceParts(id, input, vpc, context)
      const made: VpcEndpoint = {
        ...resource('vpc-endpoint', id, now, tags),
        type,
        vpcId: vpc.id,
        serviceName,
        policyDocument: input.PolicyDocument ?? FULL_ACCESS,
        state: type === 'Gateway' ? 'available' : 'pending',
        ...parts,
      }
      region.endpoints.set(made.id, made)
      if (type === 'Interface') becomeAvailable(made, context)
      return made
    })
    return {
      vpcEndpoint: endpointOnWire(endpoint, context, 'current'),
      ...(input.ClientToken === undefined ? {} : { clientToken: input.ClientToken }),
    }
  },
})

type Parts = Pick<VpcEndpoint, 'privateDns' | 'routeTableIds' | 'subnetIds' | 'groupIds' | 'interfaceIds'>

function gatewayParts(input: Asked, vpc: Vpc, context: Ec2Call): Parts {
  const tables = findAll('route-table', input.RouteTableId ?? [], (id) => context.region.routeTables.get(id))
  refuseGateway(input.ServiceName ?? '', tables, vpc, context)
  return {
    privateDns: false,
    routeTableIds: tables.map(({ id }) => id),
    subnetIds: [],
    groupIds: [],
    interfaceIds: [],
  }
}

function interfaceParts(id: string, input: Asked, vpc: Vpc, context: Ec2Call): Parts {
  const { region, now } = context
  const subnets: readonly Subnet[] = findAll('subnet', input.SubnetId ?? [], (key) => region.subnets.get(key))
  // The API's own default is on (aws ec2 create-vpc-endpoint: --private-dns-enabled | --no-private-dns-enabled).
  const privateDns = input.PrivateDnsEnabled ?? true
  refuseInterface(input.ServiceName ?? '', subnets, { vpc, privateDns }, context)
  const groupIds = chooseGroups(input.SecurityGroupId, undefined, vpc.id, context)
  const interfaces = subnets.map((subnet) =>
    addManagedInterface(
      region,
      {
        subnet,
        groupIds,
        description: `VPC Endpoint Interface ${id}`,
        requester: 'amazon-aws',
        type: 'vpc_endpoint',
      },
      now,
    ),
  )
  return {
    privateDns,
    routeTableIds: [],
    subnetIds: subnets.map((subnet) => subnet.id),
    groupIds,
    interfaceIds: interfaces.map((one) => one.id),
  }
}

function becomeAvailable(endpoint: VpcEndpoint, { world }: Ec2Call): void {
  world.clock.after(world.pace.vpcEndpointMs ?? 0, () => {
    if (endpoint.state === 'pending') endpoint.state = 'available'
  })
}
