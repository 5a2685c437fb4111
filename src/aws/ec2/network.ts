import type { Subnet } from '@aws-sdk/client-ec2'
import type { NetworkChoice } from '../../core/network/choice.ts'
import type { FleetNetwork, FleetSubnet } from '../../core/network/fleet-network.ts'
import { TAG } from '../tags.ts'
import type { Ec2 } from './ec2.ts'
import { namedGroups, namedSubnets, noNetwork, refuseOther, unknownNetwork } from './network-named.ts'
import { routeTablesBy, subnetsBy, vpcEndpointsBy, vpcsBy } from './network-describe.ts'
import { wayOut } from './way-out.ts'

/**
 * The network of a fleet, read only: what the user names, used as it is; else the one that `muster setup` made in this region;
 * else the default VPC. Whatever part is named alone decides the rest.
 *
 * @throws MusterError NetworkUnfit for what does not exist or does not go together.
 */
export async function network(ec2: Ec2, choice: NetworkChoice | null): Promise<FleetNetwork> {
  const { found, subnets: named, groups } = await chosen(ec2, choice)
  const ofVpc = [{ Name: 'vpc-id', Values: [found.vpc] }]
  const [subnets, tables, endpoints] = await Promise.all([
    named ?? usableSubnets(ec2, found),
    routeTablesBy(ec2, ofVpc),
    vpcEndpointsBy(ec2, [...ofVpc, { Name: 'vpc-endpoint-state', Values: ['available'] }]),
  ])
  return {
    ...found,
    subnets: subnets.map((subnet) => fleetSubnet(subnet, wayOut(subnet.SubnetId ?? '', found.vpc, tables))),
    groups,
    endpoints: endpoints?.map((one) => one.ServiceName?.split('.').at(-1) ?? '') ?? null,
  }
}

interface Chosen {
  readonly found: Found
  /** Null where they were not named. */
  readonly subnets: readonly Subnet[] | null
  readonly groups: FleetNetwork['groups']
}

async function chosen(ec2: Ec2, choice: NetworkChoice | null): Promise<Chosen> {
  if (choice === null) return { found: await ownNetwork(ec2), subnets: null, groups: null }
  const [subnets, groups] = await Promise.all([
    choice.subnets && namedSubnets(ec2, choice.subnets),
    choice.securityGroups && namedGroups(ec2, choice.securityGroups),
  ])
  const vpc = choice.vpc ?? subnets?.[0]?.VpcId ?? groups?.[0]?.vpc ?? ''
  refuseOther(vpc, subnets ?? [])
  return { found: { origin: 'named', vpc }, subnets, groups }
}

interface Found {
  readonly origin: FleetNetwork['origin']
  readonly vpc: string
}

async function ownNetwork(ec2: Ec2): Promise<Found> {
  const [made] = await vpcsBy(ec2, [{ Name: `tag:${TAG.network}`, Values: ['vpc'] }])
  if (made?.VpcId !== undefined) return { origin: 'setup', vpc: made.VpcId }
  const [byDefault] = await vpcsBy(ec2, [{ Name: 'is-default', Values: ['true'] }])
  if (byDefault?.VpcId !== undefined) return { origin: 'default', vpc: byDefault.VpcId }
  throw noNetwork(ec2.settings.region)
}

/** Of what setup made the private ones (the public one holds the NAT gateway), of the default VPC the default ones. */
async function usableSubnets(ec2: Ec2, { origin, vpc }: Found): Promise<Subnet[]> {
  const more = {
    named: [],
    setup: [{ Name: `tag:${TAG.network}`, Values: ['private'] }],
    default: [{ Name: 'default-for-az', Values: ['true'] }],
  }
  const subnets = await subnetsBy(ec2, [{ Name: 'vpc-id', Values: [vpc] }, ...more[origin]])
  if (subnets.length > 0 || origin !== 'named') return subnets
  const [exists] = await vpcsBy(ec2, [{ Name: 'vpc-id', Values: [vpc] }])
  throw unknownNetwork(exists === undefined ? `the VPC ${vpc}` : `any subnet of ${vpc}`, ec2.settings.region)
}

function fleetSubnet(subnet: Subnet, out: FleetSubnet['wayOut']): FleetSubnet {
  return {
    id: subnet.SubnetId ?? '',
    zone: subnet.AvailabilityZone ?? '',
    // Endpoints that do not count have room.
    freeAddresses: subnet.AvailableIpAddressCount ?? Number.MAX_SAFE_INTEGER,
    givesPublicAddress: subnet.MapPublicIpOnLaunch ?? false,
    wayOut: out,
  }
}
