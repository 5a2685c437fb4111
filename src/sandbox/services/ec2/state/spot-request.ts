import type { Resource } from './resource.ts'

/** States: botocore's ec2 model, SpotInstanceState. */
export type SpotRequestState = 'active' | 'closed' | 'cancelled'

/** Those of the status codes that a request here can come to: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-request-status.html (compiled facts, 2026-09). */
export type SpotStatus =
  | 'fulfilled'
  | 'marked-for-termination'
  | 'request-canceled-and-instance-running'
  | 'instance-terminated-by-user'
  | 'instance-terminated-no-capacity'

/** The one-time request behind a Spot instance: EC2 makes one for each, whoever launched it. */
export interface SpotRequest extends Resource {
  readonly kind: 'spot-instances-request'
  readonly instanceId: string
  /** The most that was offered, in dollars an hour; null where the on-demand price is the limit. */
  readonly maxPrice: number | null
  readonly validUntil: string | null
  state: SpotRequestState
  status: SpotStatus
  statusAt: number
}
