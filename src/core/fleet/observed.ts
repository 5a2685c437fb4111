import type { PlacementStrategy } from './instance-facts.ts'
import type { ObservedStorage } from './observed-storage.ts'
import type { NodeMark } from './quarantine.ts'

export type { ObservedStorage } from './observed-storage.ts'

/** What is: read from the cloud by tag, never from our own memory. */
export interface ObservedFleet {
  readonly name: string
  readonly securityGroup: { readonly id: string } | null
  readonly placementGroup: {
    readonly name: string
    readonly state: 'pending' | 'available' | 'deleting'
    /** Left out where the cloud does not say. */
    readonly strategy?: PlacementStrategy
  } | null
  readonly template: {
    readonly id: string
    readonly version: number
    readonly fingerprint: string
    /** Milliseconds since the epoch; null where the cloud does not tell. */
    readonly createdAt: number | null
  } | null
  readonly nodes: readonly ObservedNode[]
  readonly storage: readonly ObservedStorage[]
}

export type InstanceState = 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated'

/** The stages that muster itself takes a node through after the cloud has started it; recorded as a tag. */
export const NODE_STAGES = ['installed', 'mounted', 'trusted', 'verified'] as const
export type NodeStage = (typeof NODE_STAGES)[number]

export interface ObservedNode {
  readonly id: string
  /** The cohort that it was launched with. */
  readonly cohort: string
  readonly instanceType: string
  readonly zone: string
  /** How many EFA devices are attached; null where the cloud does not show what kind its interfaces are. */
  readonly efaInterfaces: number | null
  readonly state: InstanceState
  /** Why it ended, in AWS's words, where it did. */
  readonly stateReason: string | null
  /** When its end was asked for, in milliseconds since the epoch; null while it lives, and where the cloud does not tell. */
  readonly endedAt: number | null
  readonly privateIp: string | null
  readonly hostname: string | null
  /** Milliseconds since the epoch. */
  readonly launchedAt: number
  /** Seconds after which it ends itself whatever runs on it; null never. */
  readonly maxLifeS: number | null
  /** How it was bought; capacity that was reserved is bought on demand. */
  readonly purchase: 'on-demand' | 'spot' | 'capacity-block'
  /** True for the node of its cohort that was rank 0 when it became ready, and stays it. */
  readonly lead: boolean
  /** Network nodes above it, top first; empty where they are not known. */
  readonly topology: readonly string[]
  /** True where it is to end as soon as no job runs on it. */
  readonly draining: boolean
  /** What takes its place, as `4xhpc7g.16xlarge`: it stays until that is ready. Null where nothing does. */
  readonly replacedBy: string | null
  /** Whether it is quarantined, or was; null where nobody has ever said anything of it. */
  readonly mark: NodeMark | null
  /** True while its SSM agent is online. */
  readonly online: boolean
  /** The stages that are done. */
  readonly stages: ReadonlySet<NodeStage>
}

/** A fleet of which nothing exists. */
export function emptyFleet(name: string): ObservedFleet {
  return { name, securityGroup: null, placementGroup: null, template: null, nodes: [], storage: [] }
}

/** True for a node that starts or runs. No other is billed: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html */
export function isUp({ state }: Pick<ObservedNode, 'state'>): boolean {
  return state === 'pending' || state === 'running'
}

/** True when a node still exists in the sense that it costs money or holds a name. */
export function isAlive(node: ObservedNode): boolean {
  return node.state !== 'terminated'
}
