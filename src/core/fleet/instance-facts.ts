/** What muster needs to know of an instance type; always asked of the cloud (DescribeInstanceTypes), never a table. */
export interface InstanceFacts {
  readonly instanceType: string
  readonly architecture: 'x86_64' | 'arm64'
  readonly cores: number
  readonly vcpus: number
  readonly memoryMiB: number
  readonly gpus: number
  /** How many EFA interfaces an instance can have; 0 where the type has no EFA. */
  readonly efaInterfaces: number
  /** By index; at least card 0. */
  readonly networkCards: readonly NetworkCard[]
  readonly placements: readonly PlacementStrategy[]
  readonly purchases: readonly ('on-demand' | 'spot' | 'capacity-block')[]
  /** Whether its nodes can, or must, have an image with the driver of the Elastic Network Adapter. */
  readonly ena: 'required' | 'supported' | 'unsupported'
  /** Availability zones of the region that offer it. */
  readonly zones: readonly string[]
}

export type PlacementStrategy = 'cluster' | 'spread' | 'partition'

export type InterfaceKind = 'interface' | 'efa' | 'efa-only'

export interface NetworkCard {
  readonly index: number
  readonly maxInterfaces: number
  /** What the card takes; null where the cloud does not say (older answers and other endpoints). */
  readonly kinds: readonly InterfaceKind[] | null
}

/** The facts of one of several types. */
export function factsOf(types: readonly InstanceFacts[], instanceType: string): InstanceFacts {
  const facts = types.find((one) => one.instanceType === instanceType)
  if (facts === undefined) throw new TypeError(`nothing is known of ${instanceType}`)
  return facts
}
