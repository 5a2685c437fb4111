import type { Limits, ProjectLimits } from './limits.ts'
import type { ResourceTags } from './tags.ts'
import type { Purchase } from '../capacity/rung.ts'
import type { NetworkChoice } from '../network/choice.ts'
import type { InstanceNeed } from './instance-need.ts'
import type { Placement } from './placement.ts'
import type { StorageSpec } from './storage-spec.ts'
import type { ScalingSpec } from '../scaling/policy.ts'

export type { StorageSpec } from './storage-spec.ts'

/** The most that EC2 launches all or nothing: MinTargetCapacity of CreateFleet (EC2 API reference). */
export const MOST_NODES = 1000

/**
 * What the user wants: the `fleets:` of `muster.yaml` after validation. Nothing here is observed and nothing is AWS's
 * own shape.
 */
export interface FleetSpec {
  readonly name: string
  /** EC2 instance types, such as `hpc7g.16xlarge`, the one to be tried first first; empty where `need` says what will do. */
  readonly types: readonly string[]
  readonly need: InstanceNeed | null
  /** How many nodes one cohort has when the fleet is raised; at least 1. */
  readonly nodes: number
  /** The fewest that it may have. */
  readonly minNodes: number
  /** The most that it may have. */
  readonly maxNodes: number
  /** How its size follows its work. */
  readonly scaling: ScalingSpec
  readonly placement: Placement
  /** Ways to buy nodes, the one to be tried first first. */
  readonly capacity: readonly Purchase[]
  /** Id of the capacity reservation or block to take nodes from; null takes what fits. */
  readonly reservation: string | null
  /** How the ways to get nodes are tried: as they are listed (purchase, type, zone), or the cheapest first. */
  readonly order: 'listed' | 'price'
  /** Zones that may be used, in the order in which they are tried; null takes every one that offers the type. */
  readonly zones: readonly string[] | null
  /** Elastic Fabric Adapter: `auto` where type and placement allow it, `required` refuses types without it. */
  readonly efa: 'auto' | 'required' | 'off'
  /** `auto`, an AMI id, or the name of an SSM public parameter. */
  readonly image: string
  /** Name of the instance profile that lets nodes use SSM and the staging bucket; null launches without one. */
  readonly instanceProfile: string | null
  readonly storage: StorageSpec | null
  /** A script that nodes run at their first boot, after muster's own; null has none. */
  readonly userData: string | null
  /** Seconds that a node lives on when no muster renews its lease and no job runs on it; null for ever. */
  readonly leaseS: number | null
  /** Seconds without a job after which a node ends itself, renewed or not; null never. */
  readonly idleS: number | null
  /** Seconds after which a node ends itself whatever runs on it; null never. */
  readonly maxLifeS: number | null
  /** What becomes of nodes that are found bad: they end, and others come as work needs them, or they stay for somebody to look at. */
  readonly badNodes: 'replace' | 'keep'
  /** The user's own tags, on everything that is made for the fleet. */
  readonly tags: ResourceTags
  readonly limits: Limits
  /** What it may cost together with the other fleets of its muster.yaml; null where it is of none. */
  readonly project: ProjectLimits | null
  /** An existing network; null takes the one that `muster setup` made, else the default VPC. */
  readonly network: NetworkChoice | null
}
