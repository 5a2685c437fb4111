import type { Instance } from './state/instance.ts'
import { stableId } from './state/resource.ts'

/** Families that AWS reports a topology for, with three nodes above each instance or four: DescribeInstanceTopology's page (compiled facts, 2026-09). */
const THREE = [
  'g6e',
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
  'trn1',
  'trn1n',
  'trn2',
]
const FOUR = ['p6-b200', 'p6-b300']

/** Instances under one of the lowest nodes. */
const INSTANCES_BELOW_A_NODE = 2

/**
 * Ids of the nodes from the top down; none for types without a topology. Instances of one cluster group share all but the
 * lowest node, and neighbours in launch order share that too.
 */
export function networkNodes(instance: Instance, region: string): readonly string[] {
  const layers = layersOf(instance.type.InstanceType)
  if (layers === 0) return []
  const { placementGroup, subnet, launchIndex, reservationId, id } = instance
  const together = placementGroup?.strategy === 'cluster' ? placementGroup.id : id
  const lowest =
    placementGroup?.strategy === 'cluster' ? `${reservationId} ${Math.floor(launchIndex / INSTANCES_BELOW_A_NODE)}` : id
  const middle = Array.from({ length: layers - 2 }, (_, layer) => stableId('nn-', `${together} ${layer}`))
  return [stableId('nn-', `${region} ${subnet.zone.id}`), ...middle, stableId('nn-', lowest)]
}

function layersOf(type: string): number {
  const [family = ''] = type.split('.')
  if (FOUR.includes(family)) return 4
  return THREE.includes(family) || type === 'p5.48xlarge' ? 3 : 0
}
