import type { ObservedNode } from '../fleet/observed.ts'

/** A cohort's name carries its number and its size (`c0x4`): what a crash left can be told from what is whole. */
export function cohortName(index: number, size: number): string {
  return `c${index}x${size}`
}

export interface Cohort {
  readonly name: string
  readonly index: number
  readonly size: number
  /** Alive nodes in a stable order: by launch, then id. Rank order until topology is asked for. */
  readonly nodes: readonly ObservedNode[]
  /** Nodes of it that have ended or are ending, as far as the cloud still shows them. */
  readonly lost: readonly ObservedNode[]
}

/** The cohorts of a fleet, oldest first; nodes whose cohort tag is not ours to read make a cohort of index -1. */
export function cohortsOf(nodes: readonly ObservedNode[]): Cohort[] {
  const byName = Map.groupBy(nodes, (node) => node.cohort)
  return [...byName]
    .map(([name, members]) => {
      const match = /^c(\d+)x(\d+)$/.exec(name)
      return {
        name,
        index: match ? Number(match[1]) : -1,
        size: match ? Number(match[2]) : members.length,
        nodes: members.filter(isUsable).toSorted(inRankOrder),
        lost: members.filter((node) => !isUsable(node)).toSorted(inRankOrder),
      }
    })
    .toSorted((a, b) => a.index - b.index || compareText(a.name, b.name))
}

function isUsable(node: ObservedNode): boolean {
  return node.state === 'pending' || node.state === 'running'
}

/**
 * AWS gives no order within a launch; ids are random but stable, so that ranks stay where they are over restarts of
 * muster.
 */
export function inRankOrder(a: ObservedNode, b: ObservedNode): number {
  return a.launchedAt - b.launchedAt || compareText(a.id, b.id)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
