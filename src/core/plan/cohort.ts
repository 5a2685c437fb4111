import { compareText } from '../../kit/compare-text.ts'
import { isUp, type ObservedNode } from '../fleet/observed.ts'
import { isQuarantined } from '../fleet/quarantine.ts'
import { rankOrder } from '../fleet/topology-order.ts'

/** A cohort's name carries its number and its size (`c0x4`): what a crash left can be told from what is whole. */
export function cohortName(index: number, size: number): string {
  return `c${index}x${size}`
}

export interface Cohort {
  readonly name: string
  /** -1 where its tag is not ours to read. */
  readonly index: number
  /** How many nodes it should have; fewer, and it is broken. */
  readonly size: number
  /** Usable nodes that are to stay, in rank order. */
  readonly nodes: readonly ObservedNode[]
  /** Nodes that are to end as soon as no job runs on them, and still exist; quarantined ones too. */
  readonly draining: readonly ObservedNode[]
  /** Nodes of it that have ended or are ending, as far as the cloud still shows them. */
  readonly lost: readonly ObservedNode[]
}

/**
 * The cohorts of a fleet, oldest first. A cohort that shrinks is tagged in two calls, its victims as draining and then its survivors
 * with the new size, either of which a crash may leave half done or the cloud may show late: so the smallest size that any survivor
 * is tagged with counts, less the nodes that are draining under that very size. A node that is quarantined has left its cohort with
 * that very word.
 */
export function cohortsOf(nodes: readonly ObservedNode[]): Cohort[] {
  const groups = Map.groupBy(nodes, (node) => numbersOf(node.cohort)?.index ?? node.cohort)
  return [...groups]
    .map(([key, members]) => (typeof key === 'number' ? numbered(key, members) : foreign(key, members)))
    .toSorted((a, b) => a.index - b.index || compareText(a.name, b.name))
}

/** True where all that it should have is there, so that jobs can run on it. */
export function isWhole({ index, size, nodes }: Cohort): boolean {
  return index >= 0 && nodes.length > 0 && nodes.length >= size
}

function numbered(index: number, members: readonly ObservedNode[]): Cohort {
  const staying = members.filter((node) => !isLeaving(node))
  const tagged = Math.min(...staying.map(sizeOf))
  const leaving = members.filter((node) => isLeaving(node) && sizeOf(node) === tagged)
  const size = staying.length === 0 ? 0 : tagged - leaving.length
  return { name: cohortName(index, size), index, size, ...membersOf(members) }
}

function foreign(name: string, members: readonly ObservedNode[]): Cohort {
  return { name, index: -1, size: members.length, ...membersOf(members) }
}

function membersOf(members: readonly ObservedNode[]): Pick<Cohort, 'nodes' | 'draining' | 'lost'> {
  // Each for itself: of nodes that have ended no topology is known.
  return {
    nodes: rankOrder(members.filter((node) => isUp(node) && !isLeaving(node))),
    draining: rankOrder(members.filter((node) => isLeaving(node) && !isEnding(node))),
    lost: rankOrder(members.filter((node) => !isUp(node) && !isLeaving(node))),
  }
}

function numbersOf(name: string): { readonly index: number; readonly size: number } | null {
  const match = /^c(\d+)x(\d+)$/.exec(name)
  return match ? { index: Number(match[1]), size: Number(match[2]) } : null
}

const sizeOf = (node: ObservedNode) => numbersOf(node.cohort)?.size ?? 0

const isLeaving = (node: ObservedNode) => node.draining || isQuarantined(node)

const isEnding = ({ state }: ObservedNode) => state === 'terminated' || state === 'shutting-down'
