import type { Limits } from './limits.ts'
import type { ResourceTags } from './tags.ts'

/**
 * What the user wants: the `fleets:` of `muster.yaml` after validation. Nothing here is observed and nothing is AWS's
 * own shape.
 */
export interface FleetSpec {
  readonly name: string
  /** EC2 instance type, such as `hpc7g.16xlarge`. */
  readonly instanceType: string
  /** How many nodes one cohort has; at least 1. */
  readonly nodes: number
  readonly placement: 'cluster' | 'none'
  /** Elastic Fabric Adapter: `auto` where type and placement allow it, `required` refuses types without it. */
  readonly efa: 'auto' | 'required' | 'off'
  /** `auto`, an AMI id, or the name of an SSM public parameter. */
  readonly image: string
  /** Name of the instance profile that lets nodes use SSM and the staging bucket; null launches without one. */
  readonly instanceProfile: string | null
  readonly storage: StorageSpec | null
  /** The user's own tags, on everything that is made for the fleet. */
  readonly tags: ResourceTags
  readonly limits: Limits
}

export interface StorageSpec {
  readonly capacityGiB: number
  readonly deployment: 'SCRATCH_2' | 'PERSISTENT_2'
  /** MB/s per TiB; only with PERSISTENT_2. */
  readonly throughputPerTiB: number | null
  /** Where every node mounts it. */
  readonly mountPoint: string
}
