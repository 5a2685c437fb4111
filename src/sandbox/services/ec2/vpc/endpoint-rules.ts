import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { freeAddresses } from '../state/network.ts'
import type { Subnet, Vpc } from '../state/network.ts'
import { prefixListOf } from '../state/prefix-lists.ts'
import type { RouteTable } from '../state/route-table.ts'
import type { VpcEndpoint } from '../state/vpc-endpoint.ts'
import { endpointServices } from './endpoint-services.ts'
import { mostOf } from './quota.ts'
import { limitExceeded } from './refusals.ts'

/** What EC2 refuses of an endpoint, in its words as users quote them (hashicorp/terraform-provider-aws, aws-cdk). */

const invalid = (message: string): AwsError => new AwsError('InvalidParameter', message)

export function refuseService(name: string, type: VpcEndpoint['type'], { region }: Ec2Call): void {
  const service = endpointServices(region.name).find((one) => one.name === name)
  if (service === undefined)
    throw new AwsError('InvalidServiceName', `The Vpc Endpoint Service '${name}' does not exist`)
  if (!service.types.includes(type))
    throw invalid(`Endpoint type (${type}) does not match available service types ([${service.types.join(', ')}]).`)
}

/** A table has one endpoint of a service. */
export function refuseGateway(serviceName: string, tables: readonly RouteTable[], vpc: Vpc, context: Ec2Call): void {
  const { region } = context
  const gateways = [...region.endpoints.values()].filter((one) => one.type === 'Gateway')
  if (gateways.length >= mostOf('gatewayEndpoints', context))
    throw limitExceeded('VpcEndpointLimitExceeded', 'VPC endpoints')
  for (const table of tables) {
    if (table.vpcId !== vpc.id) throw invalid(`Route table ${table.id} does not belong to VPC ${vpc.id}`)
    if (gateways.some((one) => one.serviceName === serviceName && one.routeTableIds.includes(table.id)))
      throw new AwsError(
        'RouteAlreadyExists',
        `route table ${table.id} already has a route with destination-prefix-list-id ${prefixListOf(region.name, serviceName)?.id ?? ''}`,
      )
  }
}

/** Interfaces lie in different zones of the network, and a private name is one endpoint's. */
export function refuseInterface(
  serviceName: string,
  subnets: readonly Subnet[],
  { vpc, privateDns }: { readonly vpc: Vpc; readonly privateDns: boolean },
  context: Ec2Call,
): void {
  const zones = new Set<string>()
  for (const subnet of subnets) {
    if (subnet.vpcId !== vpc.id) throw invalid(`Subnet ${subnet.id} does not belong to VPC ${vpc.id}`)
    if (zones.has(subnet.zone.name))
      throw new AwsError(
        'DuplicateSubnetsInSameZone',
        `Found another VPC endpoint subnet in the availability zone of ${subnet.id}`,
      )
    zones.add(subnet.zone.name)
    if (freeAddresses(subnet) === 0)
      throw new AwsError(
        'InsufficientFreeAddressesInSubnet',
        `There are not enough free addresses in subnet '${subnet.id}' to create the endpoint.`,
      )
  }
  const others = [...context.region.endpoints.values()].filter(
    (one) => one.type === 'Interface' && one.vpcId === vpc.id && one.state !== 'deleting',
  )
  if (others.length >= mostOf('interfaceEndpointsOfVpc', context))
    throw limitExceeded('VpcEndpointLimitExceeded', 'VPC endpoints')
  if (!privateDns) return
  if (!vpc.dnsSupport || !vpc.dnsHostnames)
    throw invalid(
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
    )
  if (others.some((one) => one.privateDns && one.serviceName === serviceName)) {
    const service = endpointServices(context.region.name).find((one) => one.name === serviceName)
    throw invalid(
      `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${service?.privateDnsName ?? ''} in the VPC ${vpc.id}`,
    )
  }
}
