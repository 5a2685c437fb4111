import { exhaustive } from '../../kit/exhaustive.ts'
import { imageProblem } from '../fleet/image-choice.ts'
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
  | { readonly kind: 'image'; readonly problem: string }
  | { readonly kind: 'no-ena' }

/** Why a type cannot do what is asked; null where it can. */
export function unfit(facts: InstanceFacts, { wanted, image, tasksPerNode }: FitQuestion): UnfitReason | null {
  const { cores, efaInterfaces, ena, placements } = facts
  const { efa, placement } = wanted
  if (efa === 'required' && efaInterfaces === 0) return { kind: 'no-efa' }
  if (placement !== 'none' && !placements.includes(placement)) return { kind: 'no-placement', placement }
  if (tasksPerNode !== null && tasksPerNode > cores) return { kind: 'too-few-cores', cores, tasksPerNode }
  // Nodes that are to be close together are to be fast together; the few types without ENA are of before 2016.
  if (ena === 'unsupported' && placement === 'cluster') return { kind: 'no-ena' }
  const problem = image && imageProblem(image, facts)
  return problem === null ? null : { kind: 'image', problem }
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
    case 'image':
      return `does not go with its image: ${why.problem}`
    case 'no-ena':
      return 'has no ENA network, and nodes of a cluster placement group are to be fast together'
    default:
      return exhaustive(why)
  }
}
