import type { Resource } from './resource.ts'

/** The default list of a network, which lets everything pass: the only one that there is here. */
export interface NetworkAcl extends Resource {
  readonly kind: 'network-acl'
  readonly vpcId: string
}
