import type { Instance } from './state/instance.ts'
import { stableId } from './state/resource.ts'

/** Families that AWS reports a topology for, with three nodes above each instance or four: DescribeInstanceTopology's page (compiled facts, 2026-09). */
const THREE = [
  'g6e',
  'g7e',
  'hpc6a',
  'hpc6id',
  'hpc7a',
  'hpc7g',
  'hpc8a',
  'p3dn',
  'p4d',
  'p4de',
  'p5e',
  'p5en',
  'p6e-gb200',
  'trn1',
  'trn1n',
  'trn2',
]
const FOUR = ['p6-b200', 'p6-b300']

/** Instances of a launch lie under lowest nodes by turns: two nodes of two instances each for every four. */
const BLOCK = 4
const NODES_OF_A_BLOCK = 2

/**
 * Ids of the nodes from the top down; none for types without a topology. Instances of one cluster group or one Capacity Block
 * share all but the lowest node. Under that lie two of a launch, and not the next in launch order: as on AWS, that order says
 * nothing about who is near.
 */
export function networkNodes(instance: Instance, region: string): readonly string[] {
  const layers = layersOf(instance.type.InstanceType)
  if (layers === 0) return []
  const { placementGroup, subnet, launchIndex, reservation, reservationId, id } = instance
  const group = placementGroup?.strategy === 'cluster' ? placementGroup.id : (reservation?.blockId ?? null)
  const together = group ?? id
  const lowest =
    group === null ? id : `${reservationId} ${Math.floor(launchIndex / BLOCK)} ${launchIndex % NODES_OF_A_BLOCK}`
  const middle = Array.from({ length: layers - 2 }, (_, layer) => stableId('nn-', `${together} ${layer}`))
  return [stableId('nn-', `${region} ${subnet.zone.id}`), ...middle, stableId('nn-', lowest)]
}

function layersOf(type: string): number {
  const [family = ''] = type.split('.')
  if (FOUR.includes(family)) return 4
  return THREE.includes(family) || type === 'p5.48xlarge' ? 3 : 0
}
