import type { Lagged } from './lagged.ts'
import type { Resource } from './resource.ts'

/** A network interface: an instance's, or one that a managed service (FSx) holds in a subnet. */
export interface NetworkInterface extends Resource {
  readonly kind: 'network-interface'
  readonly subnetId: string
  readonly vpcId: string
  readonly zone: string
  readonly groupIds: Lagged<readonly string[]>
  readonly description: string
  /** `efa-only` interfaces have no address; the last two are of gateways and endpoints. */
  readonly type: 'interface' | 'efa' | 'efa-only' | 'nat_gateway' | 'vpc_endpoint'
  readonly privateIp: string | null
  /** What the internet knows it by, where the launch gave one; elastic addresses are told of by themselves. */
  readonly publicIp: string | null
  readonly macAddress: string
  readonly attachment: Attachment | null
  /** The service that made it; null for an instance's. */
  readonly requester: string | null
  sourceDestCheck: boolean
}

export interface Attachment {
  readonly id: string
  readonly instanceId: string
  readonly deviceIndex: number
  readonly cardIndex: number
  readonly attachedAt: number
  readonly deleteOnTermination: boolean
}
