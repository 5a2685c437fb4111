import type { NetworkChoice } from '../../src/core/network/choice.ts'
import type { FleetNetwork, FleetSubnet } from '../../src/core/network/fleet-network.ts'

const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c']

/** A default VPC with a subnet in each zone; what a fleet names is there, each named subnet in a zone of its own. */
export function fakeNetwork(choice: NetworkChoice | null): FleetNetwork {
  const named = choice?.subnets?.map((id, at) => fakeSubnet(id, ZONES[at % ZONES.length] ?? ''))
  const vpc = choice?.vpc ?? 'vpc-1'
  return {
    origin: choice === null ? 'default' : 'named',
    vpc,
    subnets: named ?? ZONES.map((zone) => fakeSubnet(`subnet-${zone}`, zone)),
    groups: choice?.securityGroups?.map((id) => ({ id, vpc, selfIngress: true, selfEgress: true })) ?? null,
    endpoints: [],
  }
}

export function fakeSubnet(id: string, zone: string, more: Partial<FleetSubnet> = {}): FleetSubnet {
  return { id, zone, freeAddresses: 4091, givesPublicAddress: true, wayOut: 'nat', ...more }
}
