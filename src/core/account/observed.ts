/** The network that `muster setup` makes in a region, as it is found by tag; nothing of anybody else's but their ranges. */
export interface ObservedNetwork {
  /** Availability zones that this account may use, sorted. */
  readonly zones: readonly string[]
  /** CIDR ranges of every VPC of the region, ours too. */
  readonly ranges: readonly string[]
  /** More than one after a crash only: CreateVpc takes no idempotency token. */
  readonly vpcs: readonly ObservedVpc[]
  readonly subnets: readonly ObservedSubnet[]
  readonly gateways: readonly ObservedGateway[]
  readonly addresses: readonly { readonly id: string; readonly inUse: boolean }[]
  readonly nats: readonly ObservedNat[]
  readonly tables: readonly ObservedTable[]
  readonly groups: readonly ObservedGroup[]
  readonly endpoints: readonly ObservedEndpoint[]
}

/** How packets leave the private subnets: to anywhere, or to the endpoints of SSM alone. S3 has an endpoint of its own in both. */
export type WayOutChoice = 'nat' | 'endpoints'

export interface ObservedVpc {
  readonly id: string
  readonly range: string
  /** Host names are on: private DNS of endpoints needs them, and FSx's names resolve. */
  readonly dns: boolean
}

export interface ObservedSubnet {
  readonly id: string
  readonly vpc: string
  readonly zone: string
  readonly range: string
  readonly use: 'private' | 'public'
}

export interface ObservedGateway {
  readonly id: string
  /** Null while it is attached to none. */
  readonly vpc: string | null
}

export interface ObservedNat {
  readonly id: string
  readonly vpc: string
  readonly state: 'pending' | 'available' | 'deleting' | 'failed'
  readonly failure: string | null
}

export interface ObservedTable {
  readonly id: string
  readonly vpc: string
  readonly use: 'private' | 'public'
  readonly subnets: readonly string[]
  /** Where 0.0.0.0/0 goes: an id, or null; `broken` where what it went to is gone. */
  readonly everywhere: string | null
  readonly broken: boolean
}

export interface ObservedGroup {
  readonly id: string
  readonly vpc: string
  /** Members of the VPC reach it at 443. */
  readonly open: boolean
}

export interface ObservedEndpoint {
  readonly id: string
  readonly vpc: string
  /** `s3`, `ssm`, ... */
  readonly service: string
  readonly state: 'pending' | 'available' | 'deleting' | 'failed'
}

/** A region in which nothing was set up. */
export function emptyNetwork(zones: readonly string[], ranges: readonly string[] = []): ObservedNetwork {
  const nothing = {
    vpcs: [],
    subnets: [],
    gateways: [],
    addresses: [],
    nats: [],
    tables: [],
    groups: [],
    endpoints: [],
  }
  return { zones, ranges, ...nothing }
}

/** What nodes are to the account: their role and profile, which are global, and the roles that AWS's own services need. */
export interface ObservedAccess {
  /** Null where there is none. */
  readonly role: ObservedRole | null
  readonly profile: { readonly ours: boolean; readonly hasRole: boolean } | null
  /** Services of `SERVICE_ROLES` that have theirs. */
  readonly serviceRoles: readonly string[]
}

export interface ObservedRole {
  /** Made by `muster setup`: any other is used as it is. */
  readonly ours: boolean
  readonly ssm: boolean
  /** What `templates/policies/node.json` says: its very text where the role is ours, the same rights where it is not. */
  readonly buckets: boolean
  /** Regions that setup made it for: the role goes with the last of them. */
  readonly regions: readonly string[]
}

export const NODE_ROLE = 'muster-node'

/**
 * Service-linked roles that somebody has to make once an account: Spot's (EC2 User Guide, "Service-linked role for EC2 Spot
 * Instance requests") and FSx's (FSx for Lustre User Guide, "Using service-linked roles"). Instant fleets need none.
 */
export const SERVICE_ROLES = ['spot.amazonaws.com', 'fsx.amazonaws.com'] as const
