/** How capacity is bought, as far as a fault tells them apart; what an on-demand reservation holds is out of a shortage's reach. */
export const PURCHASES = ['on-demand', 'spot', 'capacity-block'] as const

/** Why an instance that EC2 has accepted may end while it is pending: DescribeInstances' StateReason codes (botocore's ec2 model). */
export const PENDING_DEATHS = ['internal-error', 'insufficient-capacity', 'volume-limit'] as const

/** Faults that can be scripted, each used up by what it hits where it has a count. */
export type Fault =
  /** Launches of the type (`*` for any) in the zone (`*` for any) are refused for lack of capacity; of any purchase where none is named. */
  | {
      readonly kind: 'shortage'
      readonly instanceType: string
      readonly zone: string
      readonly purchase?: (typeof PURCHASES)[number]
      readonly count?: number
      readonly availableZones?: readonly string[]
    }
  /** Only so many of a launch's instances come up: a partial cohort. */
  | {
      readonly kind: 'partial'
      readonly instanceType: string
      readonly launched: number
      readonly zone?: string
      readonly purchase?: (typeof PURCHASES)[number]
      readonly count?: number
    }
  /** The next calls of an operation (`ec2:CreateFleet`, `ssm:*`, `*`) are throttled; `rate` between 0 and 1 throttles at random instead. */
  | { readonly kind: 'throttle'; readonly operation: string; readonly count?: number; readonly rate?: number }
  /** The agent of the next `count` instances never registers. */
  | { readonly kind: 'mute-agent'; readonly count: number }
  /** The agent of the next `count` instances falls silent `afterMs` (0) after it registered, and comes back `forMs` later. */
  | { readonly kind: 'agent-flaps'; readonly forMs: number; readonly afterMs?: number; readonly count: number }
  /** Describe calls do not know the next `count` instances for so long: InvalidInstanceID.NotFound, or left out. */
  | { readonly kind: 'instance-hidden'; readonly forMs: number; readonly count: number }
  /** The user data of the next `count` instances ends at once with `exitCode` (1). */
  | { readonly kind: 'user-data-fails'; readonly exitCode?: number; readonly count: number }
  /** The next `count` mounts in nodes never come to an end. */
  | { readonly kind: 'mount-hangs'; readonly count: number }
  /**
   * Credentials expire: calls with those that were given out before are refused, `count` of them or until the fault is cleared.
   * A new login (STS's GetSessionToken, which goes through) gives others. Nodes' own roles are not touched.
   */
  | { readonly kind: 'expired-token'; readonly count?: number }
  /** The machine of the next `count` instances dies so long after it was launched. */
  | { readonly kind: 'node-dies'; readonly afterMs: number; readonly count: number }
  /** The next `count` instances end while pending: accepted, and then there was none. For an internal error where nothing is said. */
  | { readonly kind: 'dies-pending'; readonly count: number; readonly reason?: (typeof PENDING_DEATHS)[number] }
  /** The next `count` data repository associations end in FAILED. */
  | { readonly kind: 'link-fails'; readonly count: number }
  /** The next `count` data repository tasks end in FAILED: at once, or with so many of their files failed. */
  | { readonly kind: 'transfer-fails'; readonly count: number; readonly files?: number }
  /** The next `count` file systems end in FAILED. */
  | { readonly kind: 'storage-fails'; readonly count: number }
  /**
   * A Spot instance is taken back: by id, or those of a type and zone. The notice appears in its metadata `afterMs` from now
   * (0), and `noticeMs` after that (two minutes) it is terminated. Without `count` it takes all that fit when it is seen.
   */
  | {
      readonly kind: 'spot-interruption'
      readonly instanceId?: string
      readonly instanceType?: string
      readonly zone?: string
      readonly afterMs?: number
      readonly noticeMs?: number
      readonly count?: number
    }
  /** The applied value of a vCPU quota (`L-F7808C92`) in every region, as long as the fault is there; the latest for a quota counts. */
  | { readonly kind: 'quota'; readonly quotaCode: string; readonly value: number }

export type FaultKind = Fault['kind']

export interface Faults {
  add(fault: Fault): void
  /** Tells of every fault that is added from now on: for those that act by themselves and wait for no call. */
  onAdd(listener: (fault: Fault) => void): void
  list(): readonly Fault[]
  /** On this process's own clock (`performance.now`), in milliseconds; undefined for a fault that is not there. */
  addedAt(fault: Fault): number | undefined
  /** Takes one off, whatever its count. */
  drop(fault: Fault): void
  clear(): void
  /** The first fault of the kind that `matches`, one use of it taken off; undefined where there is none. */
  take<K extends FaultKind>(
    kind: K,
    matches?: (fault: Extract<Fault, { kind: K }>) => boolean,
  ): Extract<Fault, { kind: K }> | undefined
}
