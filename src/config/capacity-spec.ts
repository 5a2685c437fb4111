import { MOST_SPREAD } from '../core/fleet/placement.ts'
import { MOST_NODES, type FleetSpec } from '../core/fleet/spec.ts'
import { parseMemoryMiB } from './memory.ts'
import type { Path } from './parse-yaml.ts'
import type { CapacityFields } from './schema/capacity.ts'
import { BUILT_IN_FLEET } from './settings.ts'

type CapacitySpec = Pick<
  FleetSpec,
  'types' | 'need' | 'nodes' | 'minNodes' | 'maxNodes' | 'placement' | 'capacity' | 'reservation' | 'order' | 'zones'
>

/** Machines, places and purchases of a fleet as its lines say; what they leave out is as in the built-in fleet. */
export function capacitySpec(fields: CapacityFields): CapacitySpec {
  const { zones } = fields
  return {
    ...typesOf(fields.type),
    ...nodesOf(fields.nodes),
    placement: fields.placement ?? BUILT_IN_FLEET.placement,
    capacity: listOf(fields.capacity) ?? BUILT_IN_FLEET.capacity,
    reservation: fields.reservation ?? null,
    order: fields.order ?? BUILT_IN_FLEET.order,
    zones: zones === undefined || zones === 'auto' ? null : zones,
  }
}

function typesOf(type: CapacityFields['type']): Pick<FleetSpec, 'types' | 'need'> {
  if (type === undefined) return { types: BUILT_IN_FLEET.types, need: null }
  if (typeof type === 'string') return { types: [type], need: null }
  if (Array.isArray(type)) return { types: type, need: null }
  const { cores, memory, architecture, gpus } = type
  const memoryMiB = memory === undefined ? 0 : (parseMemoryMiB(memory) ?? 0)
  return { types: [], need: { cores: cores ?? 0, memoryMiB, architecture: architecture ?? null, gpus: gpus ?? 0 } }
}

/** A plain number is what is raised, and no limit to what a job or `muster scale` may ask for. */
function nodesOf(nodes: CapacityFields['nodes']): Pick<FleetSpec, 'nodes' | 'minNodes' | 'maxNodes'> {
  if (typeof nodes !== 'object') {
    const count = nodes ?? BUILT_IN_FLEET.nodes
    return { nodes: count, minNodes: 0, maxNodes: MOST_NODES }
  }
  const min = nodes.min ?? 0
  return { nodes: Math.max(1, min), minNodes: min, maxNodes: nodes.max }
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] | undefined {
  if (value === undefined || Array.isArray(value)) return value as readonly T[] | undefined
  return [value as T]
}

/** Keys of a fleet that do not go together: the key that is named, from the fleet on, and what is wrong with it. */
export interface FleetConflict {
  readonly key: Path
  readonly text: string
}

export function capacityConflicts(fields: CapacityFields): FleetConflict[] {
  const { capacity, nodes, placement, reservation } = capacitySpec(fields)
  const reserved = capacity.some((purchase) => purchase === 'reservation' || purchase === 'capacity-block')
  const conflicts: FleetConflict[] = []
  if (reservation !== null && !reserved) {
    const text = `goes with capacity: reservation or capacity: capacity-block only; add one of them, or leave it out`
    conflicts.push({ key: ['reservation'], text })
  }
  if (placement === 'spread' && nodes > MOST_SPREAD) {
    const text = `is spread, which takes at most ${MOST_SPREAD} nodes in a zone, but the fleet has ${nodes}; choose cluster, partition or none, or fewer nodes`
    conflicts.push({ key: ['placement'], text })
  }
  return conflicts
}
