import { compareText } from '../../kit/compare-text.ts'

/** The network that a fleet lives in, as it was found; nothing here is made by raising a fleet but its own group. */
export interface FleetNetwork {
  /** Named by the user, made by `muster setup`, or the account's default VPC. */
  readonly origin: 'named' | 'setup' | 'default'
  readonly vpc: string
  /** Those that a fleet may use; several of one zone are possible. */
  readonly subnets: readonly FleetSubnet[]
  /** The groups that the user named; null where the fleet gets its own. */
  readonly groups: readonly NamedGroup[] | null
  /** Services that endpoints of the VPC reach, such as `s3` and `ssm`; null where the cloud does not say. */
  readonly endpoints: readonly string[] | null
}

export interface FleetSubnet {
  readonly id: string
  readonly zone: string
  readonly freeAddresses: number
  /** Whether a node with one interface gets a public address. */
  readonly givesPublicAddress: boolean
  readonly wayOut: WayOut
}

/**
 * Where packets for the world go: a NAT gateway, an internet gateway (only nodes with a public address get through), something else
 * that somebody set up (transit gateway, appliance, VPN), nowhere, or the cloud does not say.
 */
export type WayOut = 'nat' | 'internet' | 'other' | 'none' | 'unknown'

export interface NamedGroup {
  readonly id: string
  readonly vpc: string
  /** All traffic from members of this group itself, and to them: what EFA needs, by reference to the group. */
  readonly selfIngress: boolean
  readonly selfEgress: boolean
}

/** What Run Command needs in a subnet without a way out (SSM User Guide, "VPC endpoints for Systems Manager"), and S3. */
export const NEEDED_ENDPOINTS = ['s3', 'ssm', 'ssmmessages', 'ec2messages'] as const

/** The subnet of a zone for a fleet: the one with the best way out, then the one with the most room. */
export function subnetFor(network: FleetNetwork, zone: string): FleetSubnet | null {
  const rank: Readonly<Record<WayOut, number>> = { nat: 0, other: 1, unknown: 2, none: 3, internet: 4 }
  const fitting = network.subnets
    .filter((subnet) => subnet.zone === zone)
    .toSorted((a, b) => rank[a.wayOut] - rank[b.wayOut] || b.freeAddresses - a.freeAddresses || compareText(a.id, b.id))
  return fitting[0] ?? null
}
