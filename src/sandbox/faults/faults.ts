/** Faults that can be scripted, each used up by what it hits where it has a count. */
export type Fault =
  /** Launches of the type (`*` for any) in the zone (`*` for any) are refused for lack of capacity. */
  | {
      readonly kind: 'shortage'
      readonly instanceType: string
      readonly zone: string
      readonly count?: number
      readonly availableZones?: readonly string[]
    }
  /** Only so many of a launch's instances come up: a partial cohort. */
  | { readonly kind: 'partial'; readonly instanceType: string; readonly launched: number; readonly count?: number }
  /** The next calls of an operation (`ec2:CreateFleet`, `ssm:*`, `*`) are throttled; `rate` between 0 and 1 throttles at random instead. */
  | { readonly kind: 'throttle'; readonly operation: string; readonly count?: number; readonly rate?: number }
  /** The agent of the next `count` instances never registers. */
  | { readonly kind: 'mute-agent'; readonly count: number }
  /** The machine of the next `count` instances dies so long after it was launched. */
  | { readonly kind: 'node-dies'; readonly afterMs: number; readonly count: number }
  /** The next `count` instances end while pending. */
  | { readonly kind: 'dies-pending'; readonly count: number }
  /** The next `count` file systems end in FAILED. */
  | { readonly kind: 'storage-fails'; readonly count: number }
  /** A Spot interruption notice appears in the instance's metadata; two minutes later it is terminated. */
  | { readonly kind: 'spot-interruption'; readonly instanceId: string }
  /** The applied value of a vCPU quota (`L-F7808C92`) in every region, as long as the fault is there; the latest for a quota counts. */
  | { readonly kind: 'quota'; readonly quotaCode: string; readonly value: number }

export type FaultKind = Fault['kind']

export interface Faults {
  add(fault: Fault): void
  list(): readonly Fault[]
  clear(): void
  /** The first fault of the kind that `matches`, one use of it taken off; undefined where there is none. */
  take<K extends FaultKind>(
    kind: K,
    matches?: (fault: Extract<Fault, { kind: K }>) => boolean,
  ): Extract<Fault, { kind: K }> | undefined
}
