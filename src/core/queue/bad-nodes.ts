import { passed, type AttemptRecord, type FailingAt } from './attempt-record.ts'
import type { Elsewhere, NodeRecords } from './elsewhere.ts'

/** So many of the newest attempts are remembered of a node: older ones say little of what it is now. */
export const REMEMBERED = 20

/** A well node would fail so often in a row once in a thousand times: that is no chance. */
const CHANCE = 1 / 1000
/** How likely it is that a task fails on a well node and then passes elsewhere, where its job fails nowhere else. */
const ONE_OF_ITS_OWN = 1 / 32

/** Failures in a row that one node is blamed for, all at the same point, the oldest first; nothing passed there between them. */
export interface Streak {
  readonly node: string
  readonly at: FailingAt
  readonly failures: readonly AttemptRecord[]
}

/** Adds attempts to what is known of their nodes, in the order in which they ended. */
export function remember(records: NodeRecords, ended: readonly AttemptRecord[]): NodeRecords {
  const next = new Map(records)
  for (const one of ended.toSorted((a, b) => a.endedAt - b.endedAt)) {
    for (const node of one.nodes) next.set(node, [...(next.get(node) ?? []), one].slice(-REMEMBERED))
  }
  return next
}

/** How a node fails now; null where it does not. What was before `since` is forgotten. */
export function streakOf(records: NodeRecords, node: string, since: number): Streak | null {
  const newestFirst = (records.get(node) ?? []).filter((one) => one.endedAt >= since).toReversed()
  const at = newestFirst.map((one) => failedAt(one, node)).find((point) => point !== null)
  if (at === undefined) return null
  const end = newestFirst.findIndex((one) => passed(one, at) === true || (failedAt(one, node) ?? at) !== at)
  const row = end < 0 ? newestFirst : newestFirst.slice(0, end)
  const failures = row.filter((one) => failedAt(one, node) === at).toReversed()
  return failures.length === 0 ? null : { node, at, failures }
}

/**
 * How likely such a streak would be were the node well: by how often the same jobs fail at the same point on other nodes. A job that
 * passes there on no other node tells nothing, so that a broken program condemns no node.
 */
export function chanceOf({ node, at, failures }: Streak, others: Elsewhere): number {
  const seen = new Set<string>()
  let chance = 1
  for (const failure of failures) {
    const { passes, fails } = others.votes(failure.job, at, node)
    if (passes === 0) continue
    if (others.passesLater(failure, at, node)) {
      chance *= Math.max(ONE_OF_ITS_OWN, fails / (passes + fails))
    } else if (!seen.has(failure.task)) {
      // The same task again says nothing new. The rule of succession (Laplace) says how likely a failure is where little is known.
      chance *= (fails + 1) / (passes + fails + 2)
    }
    seen.add(failure.task)
  }
  return chance
}

/** Whether a streak is no chance: two failures at least. */
export function isBad(streak: Streak, others: Elsewhere): boolean {
  return streak.failures.length >= 2 && chanceOf(streak, others) <= CHANCE
}

/**
 * Whether a streak is reason enough to have the node checked: the first loss, the first failure before the program began, the second
 * of programs, and then each time that it has doubled: a program that fails everywhere costs few checks.
 */
export function needsCheck({ at, failures: { length } }: Streak): boolean {
  const isPower = (length & (length - 1)) === 0
  return isPower && length >= (at === 'running' ? 2 : 1)
}

/** How many nodes of a fleet may be bad by their failures alone: never the only one, and a quarter of more, so that no program takes all. */
export function mostByFailures(nodes: number): number {
  return nodes < 2 ? 0 : Math.max(1, Math.floor(nodes / 4))
}

const POINTS: Readonly<Record<FailingAt, string>> = {
  staging: 'while they were staged',
  preparing: 'in prepare',
  running: 'while they ran',
  lost: 'because it could not be seen any more',
}

/** `3 attempts in a row failed on it while they ran, the last heat-..., and pass on other nodes`. */
export function sayStreak({ at, failures }: Streak): string {
  const last = failures.at(-1)?.task ?? ''
  return `${failures.length} attempts in a row failed on it ${POINTS[at]}, the last ${last}, and pass on other nodes`
}

function failedAt({ end, blamed }: AttemptRecord, node: string): FailingAt | null {
  return end === 'done' || end === 'time-limit' || end === 'unknown' || blamed !== node ? null : end
}
