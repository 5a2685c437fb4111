import type { CohortNode, CohortView, Holding } from './input.ts'
import { profileOf, type Profile } from './profile.ts'

/** A task without a time limit is taken to run so long: nothing that is surely shorter is kept waiting for a guess. */
export const ASSUMED_LIMIT_MS = 24 * 3_600_000

/** A node that tasks share. */
export interface SharedNode {
  readonly id: string
  coresFree: number
  /** When the last of its tasks ends. */
  until: number
}

/** What is free in one cohort while a schedule is being written. */
export interface CohortBook {
  readonly name: string
  readonly fleet: string
  readonly size: number
  readonly profile: Profile
  /** Nodes that nobody holds now, in rank order; empty while the cohort boots. */
  readonly idle: CohortNode[]
  /** Nodes with cores to spare. */
  readonly shared: SharedNode[]
}

export function limitOf(limitMs: number | null): number {
  return limitMs ?? ASSUMED_LIMIT_MS
}

/** After SIGTERM a task has ten seconds, and its outputs have to be sent: so much longer than its limit it may hold its nodes. */
const GRACE_MS = 30_000

/**
 * How long a task holds its nodes at most, from its placing on, in milliseconds: the same before it is placed and after, or what was
 * slipped in before another would last longer than was said, and that one wait for ever.
 */
export function holdTimeOf(limitMs: number | null): number {
  return limitOf(limitMs) + GRACE_MS
}

/** Tasks whose time is over are taken to end any minute. */
const OVERDUE_MS = 60_000

export function openBook(
  cohort: CohortView,
  holdings: ReadonlyMap<string, readonly Holding[]>,
  now: number,
): CohortBook {
  const from = Math.max(now, cohort.readyAt)
  const ends: number[] = []
  const idle: CohortNode[] = []
  const shared: SharedNode[] = []
  for (const node of cohort.nodes) {
    const held = holdings.get(node.id) ?? []
    if (held.length === 0) {
      if (cohort.readyAt > now) ends.push(from)
      else idle.push(node)
      continue
    }
    const until = Math.max(now + OVERDUE_MS, ...held.map((one) => one.endsBy))
    ends.push(until)
    if (held.every((one) => one.cores !== null)) {
      const coresFree = node.cores - held.reduce((sum, one) => sum + (one.cores ?? 0), 0)
      if (coresFree > 0) shared.push({ id: node.id, coresFree, until })
    }
  }
  const { name, fleet } = cohort
  return { name, fleet, size: cohort.nodes.length, profile: profileOf(now, cohort.nodes.length, ends), idle, shared }
}
