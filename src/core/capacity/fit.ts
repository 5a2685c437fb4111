import { exhaustive } from '../../kit/exhaustive.ts'
import type { ImageFacts } from '../fleet/image-facts.ts'
import type { InstanceFacts, PlacementStrategy } from '../fleet/instance-facts.ts'
import type { FleetSpec } from '../fleet/spec.ts'

/** What is asked of an instance type, wherever and however it is bought. */
export interface FitQuestion {
  readonly wanted: Pick<FleetSpec, 'efa' | 'placement'>
  /** Null where nothing is known of the image, or it is chosen by the type. */
  readonly image: ImageFacts | null
  /** Ranks on each node; null where no job is there yet. */
  readonly tasksPerNode: number | null
}

export type UnfitReason =
  | { readonly kind: 'no-efa' }
  | { readonly kind: 'no-placement'; readonly placement: PlacementStrategy }
  | { readonly kind: 'too-few-cores'; readonly cores: number; readonly tasksPerNode: number }
  | { readonly kind: 'image-of-other-architecture'; readonly image: string; readonly architecture: string }
  | { readonly kind: 'image-without-ena'; readonly image: string }
  | { readonly kind: 'no-ena' }

/** Why a type cannot do what is asked; null where it can. */
export function unfit(facts: InstanceFacts, { wanted, image, tasksPerNode }: FitQuestion): UnfitReason | null {
  const { architecture, cores, efaInterfaces, ena, placements } = facts
  const { efa, placement } = wanted
  if (efa === 'required' && efaInterfaces === 0) return { kind: 'no-efa' }
  if (placement !== 'none' && !placements.includes(placement)) return { kind: 'no-placement', placement }
  if (tasksPerNode !== null && tasksPerNode > cores) return { kind: 'too-few-cores', cores, tasksPerNode }
  // Nodes that are to be close together are to be fast together; the few types without ENA are of before 2016.
  if (ena === 'unsupported' && placement === 'cluster') return { kind: 'no-ena' }
  if (image === null) return null
  if (image.architecture !== null && image.architecture !== architecture) {
    return { kind: 'image-of-other-architecture', image: image.id, architecture: image.architecture }
  }
  // EC2 refuses such a launch: RunInstances, InvalidParameterCombination, "Enhanced networking with the Elastic Network Adapter (ENA) is required".
  if (ena === 'required' && !image.ena) return { kind: 'image-without-ena', image: image.id }
  return null
}

/** The end of `hpc7g.16xlarge ...`. */
export function sayUnfit(why: UnfitReason): string {
  switch (why.kind) {
    case 'no-efa':
      return 'has no EFA'
    case 'no-placement':
      return `cannot be in a ${why.placement} placement group`
    case 'too-few-cores':
      return `has ${why.cores} cores, too few for ${why.tasksPerNode} tasks per node`
    case 'image-of-other-architecture':
      return `cannot boot image ${why.image}, which is for ${why.architecture}`
    case 'image-without-ena':
      return `needs an image with ENA, which ${why.image} has not`
    case 'no-ena':
      return 'has no ENA network, and nodes of a cluster placement group are to be fast together'
    default:
      return exhaustive(why)
  }
}
