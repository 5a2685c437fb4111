import type { Machine } from '../../../machines/machine.ts'
import type { AccessKey } from '../../../credentials.ts'
import type { ReservationAsked } from '../reservations/choose-target.ts'
import type { CapacityReservation } from './capacity-reservation.ts'
import type { Image } from './images.ts'
import type { InstanceType } from './instance-types.ts'
import type { NetworkInterface } from './interface.ts'
import type { Lagged } from './lagged.ts'
import type { Subnet, Vpc } from './network.ts'
import type { PlacementGroup } from './placement-group.ts'
import type { Resource } from './resource.ts'
import type { Volume } from './volume.ts'

export type StateName = 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated'

export interface InstanceState {
  readonly name: StateName
  /** Why it is so, where it did not come about by itself. */
  readonly reason: { readonly code: string; readonly message: string } | null
  /** `User initiated (2026-01-01 00:00:00 GMT)`; empty otherwise. */
  readonly transition: string
}

export interface MetadataOptions {
  readonly httpTokens: 'optional' | 'required'
  readonly httpPutResponseHopLimit: number
  readonly httpEndpoint: 'enabled' | 'disabled'
  readonly httpProtocolIpv6: 'enabled' | 'disabled'
  readonly instanceMetadataTags: 'enabled' | 'disabled'
}

export interface InstanceProfile {
  readonly name: string
  readonly arn: string
  readonly id: string
  readonly roleName: string
  readonly roleId: string
}

/** One instance. What never changes is readonly; the rest is changed by `life/` and by ModifyInstanceAttribute only. */
export interface Instance extends Resource {
  readonly kind: 'instance'
  readonly region: string
  readonly reservationId: string
  readonly launchIndex: number
  readonly clientToken: string | null
  readonly image: Image
  readonly vpc: Vpc
  readonly subnet: Subnet
  readonly privateIp: string
  readonly hostname: string
  readonly placementGroup: PlacementGroup | null
  readonly partition: number | null
  readonly purchase: 'on-demand' | 'spot' | 'capacity-block'
  readonly spotRequestId: string | null
  readonly reservationAsked: ReservationAsked
  readonly monitoring: boolean
  readonly ebsOptimized: boolean
  readonly cpu: { readonly cores: number; readonly threadsPerCore: number }
  readonly profile: InstanceProfile | null
  readonly metadataOptions: MetadataOptions
  readonly rootDeviceName: string

  type: InstanceType
  /** The capacity reservation in which it holds a place. */
  reservation: CapacityReservation | null
  userData: Uint8Array | null
  shutdownBehavior: 'stop' | 'terminate'
  disableApiTermination: boolean
  disableApiStop: boolean
  interfaces: readonly NetworkInterface[]
  volumes: readonly Volume[]
  launchedAt: number
  readonly state: Lagged<InstanceState>
  readonly life: Life
}

/** The part of an instance that only `life/` touches. */
export interface Life {
  machine: Machine | null
  /** Counts machines: an event of an earlier machine of the same instance is told from one of this. */
  boots: number
  /** Takes back the timers that wait for the next state. */
  readonly timers: Set<() => void>
  /** Its host is broken: the machine is gone and nothing said so to EC2. */
  impairedAt: number | null
  /** A Spot interruption is scripted for it. */
  interrupted: boolean
  /** A Spot interruption is announced: since when, and for what time. */
  interruption: { readonly noticedAt: number; readonly at: number } | null
  /** The folder with what the last machine's disk held: the next boot begins with it. */
  disk: string | null
  console: { readonly tail: string; readonly at: number } | null
  credentials: AccessKey | null
}
