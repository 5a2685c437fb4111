import {
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeVpcAttributeCommand,
  type NatGateway,
  type RouteTable,
  type SecurityGroup,
  type Subnet,
  type Vpc,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2'
import type { ObservedNetwork } from '../../core/account/observed.ts'
import { allPages } from '../pages.ts'
import { TAG, tagValue } from '../tags.ts'
import { securityGroupsBy } from './describe.ts'
import type { Ec2 } from './ec2.ts'
import { routeTablesBy, subnetsBy, vpcEndpointsBy, vpcsBy } from './network-describe.ts'
import { setupFilter } from './network-tags.ts'

/** Everything that setup has made in the region, by tag, side by side. */
export async function observeNetwork(ec2: Ec2): Promise<ObservedNetwork> {
  const own = [setupFilter]
  const [zones, vpcs, subnets, gateways, addresses, nats, tables, groups, endpoints] = await Promise.all([
    zonesOf(ec2),
    vpcsBy(ec2, []),
    subnetsBy(ec2, own),
    gatewaysOf(ec2),
    ec2.send(new DescribeAddressesCommand({ Filters: own })),
    natsOf(ec2),
    routeTablesBy(ec2, own),
    securityGroupsBy(ec2, own),
    vpcEndpointsBy(ec2, own),
  ])
  const ours = vpcs.filter((vpc) => tagValue(vpc.Tags, TAG.network) !== null)
  return {
    zones,
    ranges: vpcs.flatMap(
      (vpc) => vpc.CidrBlockAssociationSet?.map((one) => one.CidrBlock ?? '') ?? [vpc.CidrBlock ?? ''],
    ),
    vpcs: await Promise.all(ours.map((vpc) => observedVpc(ec2, vpc))),
    subnets: subnets.map(observedSubnet),
    gateways,
    addresses: (addresses.Addresses ?? []).map((one) => ({
      id: one.AllocationId ?? '',
      inUse: one.AssociationId !== undefined || one.NetworkInterfaceId !== undefined,
    })),
    nats,
    tables: (tables ?? []).map(observedTable),
    groups: groups.map((group) => observedGroup(group, ours)),
    endpoints: (endpoints ?? []).flatMap((one) => observedEndpoint(one) ?? []),
  }
}

/** Zones proper, without local and wavelength ones, that need no opting in. */
async function zonesOf(ec2: Ec2): Promise<string[]> {
  const Filters = [
    { Name: 'state', Values: ['available'] },
    { Name: 'zone-type', Values: ['availability-zone'] },
    { Name: 'opt-in-status', Values: ['opt-in-not-required'] },
  ]
  const answer = await ec2.send(new DescribeAvailabilityZonesCommand({ Filters }))
  return (answer.AvailabilityZones ?? []).map((zone) => zone.ZoneName ?? '').toSorted()
}

export async function gatewaysOf(ec2: Ec2): Promise<ObservedNetwork['gateways']> {
  const gateways = await allPages(async (NextToken) => {
    const page = await ec2.send(new DescribeInternetGatewaysCommand({ Filters: [setupFilter], NextToken }))
    return { items: page.InternetGateways, next: page.NextToken }
  })
  return gateways.map((one) => ({ id: one.InternetGatewayId ?? '', vpc: one.Attachments?.[0]?.VpcId ?? null }))
}

/** A deleted one is still listed for an hour. */
export async function natsOf(ec2: Ec2): Promise<ObservedNetwork['nats']> {
  const nats = await allPages(async (NextToken) => {
    const page = await ec2.send(new DescribeNatGatewaysCommand({ Filter: [setupFilter], NextToken }))
    return { items: page.NatGateways, next: page.NextToken }
  })
  return nats.filter((nat) => nat.State !== 'deleted').map(observedNat)
}

function observedNat(nat: NatGateway): ObservedNetwork['nats'][number] {
  return {
    id: nat.NatGatewayId ?? '',
    vpc: nat.VpcId ?? '',
    state: nat.State === 'available' || nat.State === 'deleting' || nat.State === 'failed' ? nat.State : 'pending',
    failure: nat.FailureMessage ?? null,
  }
}

/** An attribute that DescribeVpcs does not show. */
export async function hasHostNames(ec2: Ec2, VpcId: string): Promise<boolean> {
  const shown = await ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }))
  return shown.EnableDnsHostnames?.Value ?? false
}

async function observedVpc(ec2: Ec2, vpc: Vpc): Promise<ObservedNetwork['vpcs'][number]> {
  const id = vpc.VpcId ?? ''
  return { id, range: vpc.CidrBlock ?? '', dns: await hasHostNames(ec2, id) }
}

const useOf = (tags: Subnet['Tags']) => (tagValue(tags, TAG.network) === 'public' ? 'public' : 'private')

function observedSubnet(subnet: Subnet): ObservedNetwork['subnets'][number] {
  return {
    id: subnet.SubnetId ?? '',
    vpc: subnet.VpcId ?? '',
    zone: subnet.AvailabilityZone ?? '',
    range: subnet.CidrBlock ?? '',
    use: useOf(subnet.Tags),
  }
}

export function observedTable(table: RouteTable): ObservedNetwork['tables'][number] {
  const everywhere = table.Routes?.find((route) => route.DestinationCidrBlock === '0.0.0.0/0')
  return {
    id: table.RouteTableId ?? '',
    vpc: table.VpcId ?? '',
    use: useOf(table.Tags),
    subnets: table.Associations?.flatMap((one) => one.SubnetId ?? []) ?? [],
    everywhere: everywhere?.NatGatewayId ?? everywhere?.GatewayId ?? null,
    broken: everywhere?.State === 'blackhole',
  }
}

function observedGroup(group: SecurityGroup, vpcs: readonly Vpc[]): ObservedNetwork['groups'][number] {
  const range = vpcs.find((vpc) => vpc.VpcId === group.VpcId)?.CidrBlock
  const open = group.IpPermissions?.some(
    (rule) => rule.FromPort === 443 && rule.ToPort === 443 && rule.IpRanges?.some((one) => one.CidrIp === range),
  )
  return { id: group.GroupId ?? '', vpc: group.VpcId ?? '', open: open ?? false }
}

/** EC2 writes states in lower case, its model in capitals. */
function observedEndpoint(endpoint: VpcEndpoint): ObservedNetwork['endpoints'][number] | null {
  const state = endpoint.State?.toLowerCase() ?? 'pending'
  if (state === 'deleted') return null
  const failed = state === 'failed' || state === 'rejected' || state === 'expired' || state === 'partial'
  return {
    id: endpoint.VpcEndpointId ?? '',
    vpc: endpoint.VpcId ?? '',
    service: endpoint.ServiceName?.split('.').at(-1) ?? '',
    state: failed ? 'failed' : state === 'available' || state === 'deleting' ? state : 'pending',
  }
}
