import type { Resource } from './resource.ts'

export interface InternetGateway extends Resource {
  readonly kind: 'internet-gateway'
  vpcId: string | null
}

/** An elastic address. What holds it says so: an interface of a NAT gateway. */
export interface ElasticAddress extends Resource {
  readonly kind: 'elastic-ip'
  readonly publicIp: string
  association: { readonly id: string; readonly interfaceId: string; readonly privateIp: string } | null
}

export interface NatGateway extends Resource {
  readonly kind: 'natgateway'
  readonly vpcId: string
  readonly subnetId: string
  readonly connectivity: 'public' | 'private'
  readonly allocationId: string | null
  readonly publicIp: string | null
  readonly privateIp: string | null
  readonly interfaceId: string | null
  state: 'pending' | 'available' | 'deleting' | 'deleted' | 'failed'
  failure: { readonly code: string; readonly message: string } | null
  deletedAt: number | null
}
