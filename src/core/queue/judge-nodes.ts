import type { ObservedNode } from '../fleet/observed.ts'
import { isBad, mostByFailures, needsCheck, sayStreak, streakOf } from './bad-nodes.ts'
import { elsewhere, type NodeRecords } from './elsewhere.ts'

export interface JudgedNodes {
  /** Nodes that are bad by their failures alone, with what is to be said of them. */
  readonly bad: ReadonlyMap<string, string>
  /** Nodes that are to be checked, with the time of the failure that they are suspected for. */
  readonly suspects: ReadonlyMap<string, number>
}

/**
 * Which nodes of a fleet are bad, and which are to be checked, by how attempts ended on them. `nodes` are those that are up and well,
 * `condemned` how many are up and were found bad in the same way, `checkedFor` the failures that nodes were last checked for.
 */
export function judgeNodes(
  records: NodeRecords,
  nodes: readonly Pick<ObservedNode, 'id' | 'mark' | 'online'>[],
  condemned: number,
  checkedFor: ReadonlyMap<string, number>,
): JudgedNodes {
  const others = elsewhere(records)
  const bad = new Map<string, string>()
  const suspects = new Map<string, number>()
  const room = mostByFailures(nodes.length + condemned) - condemned
  for (const { id, mark, online } of nodes) {
    const streak = streakOf(records, id, mark?.since ?? 0)
    if (streak === null) continue
    const last = streak.failures.at(-1)?.endedAt ?? 0
    if (bad.size < room && isBad(streak, others)) bad.set(id, sayStreak(streak))
    else if (online && needsCheck(streak) && last > (checkedFor.get(id) ?? 0)) suspects.set(id, last)
  }
  return { bad, suspects }
}
