import type { Counts } from './eligible.ts'
import type { TaskState } from './task-view.ts'

const ORDER: readonly (readonly [TaskState, string])[] = [
  ['running', 'running'],
  ['placed', 'starting'],
  ['waiting', 'waiting'],
  ['held', 'held'],
  ['done', 'done'],
  ['failed', 'failed'],
  ['time-limit', 'ended by time limit'],
  ['lost', 'lost'],
  ['cancelled', 'cancelled'],
]

/** `running 3, waiting 17, done 80`; a job of one task needs no number. */
export function sayCounts(counts: Counts, isArray: boolean): string {
  const some = ORDER.filter(([state]) => (counts[state] ?? 0) > 0)
  return some.map(([state, word]) => (isArray ? `${word} ${counts[state]}` : word)).join(', ')
}
